/** What one look at a precondition came to. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  /** What mends it; null: nothing has to be. */
  readonly fix: string | null;
}

export function ok(name: string, detail: string): Finding {
  return { name, status: 'ok', detail, fix: null };
}

export function warn(name: string, detail: string, fix: string): Finding {
  return { name, status: 'warn', detail, fix };
}

export function fail(name: string, detail: string, fix: string | null): Finding {
  return { name, status: 'fail', detail, fix };
}
