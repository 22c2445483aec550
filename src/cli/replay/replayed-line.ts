import type { Replayed, ReplayedStart } from '../../runner/replay/replay-journal.ts';
import { plural } from '../tables/amount-text.ts';
import { momentText } from '../tables/moment-text.ts';
import type { Paint } from '../tables/paint.ts';
import { fitText, oneLine } from '../tables/text-width.ts';
import { machineEventWords } from './machine-event-words.ts';

/** `    7  10:36:30  validateWork is done succeeded      summarizing.digesting`. */
export function replayedLine(replayed: Replayed, paint: Paint): string {
  const [n, at] =
    replayed.kind === 'step' ? [replayed.n, replayed.at] : [replayed.start.n, replayed.start.at];
  const words = replayed.kind === 'step' ? machineEventWords(replayed.event) : startWords(replayed);
  const time = momentText(new Date(at).toISOString());
  const head = `${String(n).padStart(5)}  ${paint.dim(time)}`;
  const state = replayed.isSame ? replayed.state : paint.bad(replayed.state);
  return `${head}  ${fitText(oneLine(words), WORDS_WIDTH).padEnd(WORDS_WIDTH)}  ${stateWords(replayed, state)}`;
}

const WORDS_WIDTH = 36;

/** A step that only notes something says so. */
function stateWords(replayed: Replayed, state: string): string {
  return replayed.kind === 'step' && replayed.taken.length === 0
    ? `${state} (not answered)`
    : state;
}

function startWords({ start, undone }: ReplayedStart): string {
  const lost = undone === 0 ? '' : `, ${plural(undone, 'step')} not taken`;
  switch (start.start) {
    case 'new':
      return 'the run begins';
    case 'resumed':
      return `another runner goes on${lost}`;
    case 'rebuilt':
      return 'another version goes on';
    case 'continued':
      return 'the journal goes on in a new file';
    default:
      return 'steps before could not be kept';
  }
}
