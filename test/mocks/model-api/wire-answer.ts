/** A complete HTTP answer. */
export interface WireAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

export type Headers = Readonly<Record<string, string>>;
