import type { Headers } from './wire-answer.ts';

/** What a service does that does not speak its API. */
export type BrokenReply = RawReply | SilenceReply | ResetReply;

/** Any bytes: HTML from a proxy, truncated JSON, an empty body. */
export interface RawReply {
  readonly kind: 'raw';
  readonly status: number;
  readonly body: string;
  readonly headers?: Headers;
}

/** Says nothing more after this point and keeps the connection open until the client or the mock closes it. */
export interface SilenceReply {
  readonly kind: 'silence';
  readonly after: BreakPoint;
}

/** Resets the TCP connection at this point. */
export interface ResetReply {
  readonly kind: 'reset';
  readonly after: BreakPoint;
}

/** `request`: no byte was sent; `headers`: status 200 and headers; `text`: half of an answer too. */
export type BreakPoint = 'request' | 'headers' | 'text';

/** The service says nothing more; after `request` that is not even a header. */
export const fallsSilent = (after: BreakPoint): SilenceReply => ({ kind: 'silence', after });

export const resets = (after: BreakPoint): ResetReply => ({ kind: 'reset', after });

/** Something that is not the API: `sends('<html>…')`. */
export const sends = (
  body: string,
  details: Partial<Omit<RawReply, 'kind' | 'body'>> = {},
): RawReply => ({
  status: 200,
  ...details,
  kind: 'raw',
  body,
});
