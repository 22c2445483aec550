import { EXIT } from '../../domain/error.ts';
import type { Replayed } from '../../runner/replay/replay-journal.ts';
import type { ReplayEnd } from '../../runner/replay/replay-run.ts';
import { plural } from '../tables/amount-text.ts';
import { oneLine } from '../tables/text-width.ts';

/** What a replay has come to, in a sentence. `steps`: how many it was. */
export function endWords(end: ReplayEnd, last: Replayed | null, steps: number): string {
  return oneLine(wordsOf(end, last, steps));
}

function wordsOf(end: ReplayEnd, last: Replayed | null, steps: number): string {
  const passed = `${plural(steps, 'step')} replayed`;
  const state = last === null ? '' : ` (${last.state}, ${last.hash})`;
  switch (end.verdict) {
    case 'same':
      return `Same: ${passed}, to the very snapshot on disk${state}.`;
    case 'ahead':
      return `Same: ${passed}. The snapshot on disk is that of ${plural(end.steps, 'step')} before the last: a runner lives, or died before it was saved.`;
    case 'other_run':
      return `Same: ${passed}, each to what the journal says${state}. The snapshot on disk is another run's.`;
    case 'none':
      return `Same: ${passed}, each to what the journal says${state}. There is no snapshot on disk.`;
    case 'unreadable':
      return `Same: ${passed}, each to what the journal says${state}. ${end.why}`;
    case 'stopped':
      return `Same so far: ${passed}${state}.`;
    default:
      return `Different: ${differenceWords(end.at)}`;
  }
}

function differenceWords(at: Replayed | null): string {
  if (at === null) {
    return 'no step leads to the snapshot on disk. Somebody else changed it, or the journal.';
  }
  return at.kind === 'step'
    ? `step ${at.n} leads to ${at.state} (${at.hash}), the journal says ${at.told.state} (${at.told.hash}). It was changed, or written by a machine that is not this one.`
    : `the runner that began after step ${at.start.n} began with a snapshot (${at.state}, ${at.hash}) that no step leads to. Lines of the journal were lost, or the snapshot was changed.`;
}

/** The same in all but one case. */
export function replayExitCode({ verdict }: ReplayEnd): number {
  return verdict === 'differs' ? EXIT.state : EXIT.ok;
}
