import type { FoundLoop } from './all-loops.ts';

/** A loop as `status --json` tells it. `responding`: whether a living runner answers; null: none lives. */
export function statusDocument(found: FoundLoop): object {
  if ('reading' in found) {
    const { status, runner, crashes } = found.reading;
    return { ...status, responding: runner === 'none' ? null : runner === 'answers', crashes };
  }
  const { loop, trouble, dataDir } = found;
  return { loop, state: 'unreadable', running: false, stale: false, error: trouble, dataDir };
}
