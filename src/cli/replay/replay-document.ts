import type { Replayed } from '../../runner/replay/replay-journal.ts';

/** What a replay has passed, for programs. */
export function replayDocument(replayed: Replayed): Readonly<Record<string, unknown>> {
  const { state, hash, isSame } = replayed;
  if (replayed.kind === 'start') {
    const { start, n, at, autoloop, definitionHash } = replayed.start;
    const { undone } = replayed;
    return {
      start,
      n,
      at,
      autoloop,
      definition_hash: definitionHash,
      state,
      hash,
      undone,
      same: isSame,
    };
  }
  const { n, at, event, from, taken, told } = replayed;
  return { n, at, event, from, state, taken, hash, same: isSame, ...(!isSame && { told }) };
}
