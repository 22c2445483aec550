import type { BreakPoint, RawReply, ResetReply, SilenceReply } from './reply.ts';

/** The service says nothing more; after `request` that is not even a header. */
export const fallsSilent = (after: BreakPoint): SilenceReply => ({ kind: 'silence', after });

export const resets = (after: BreakPoint): ResetReply => ({ kind: 'reset', after });

/** Something that is no Responses API: `sends('<html>…')`. */
export const sends = (
  body: string,
  details: Partial<Omit<RawReply, 'kind' | 'body'>> = {},
): RawReply => ({
  status: 200,
  ...details,
  kind: 'raw',
  body,
});
