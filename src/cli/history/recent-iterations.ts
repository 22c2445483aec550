import { parseEventLine } from '../../stores/recorded-event.ts';
import { foldRecord, isNamed } from './fold-record.ts';
import { isLongBefore, isWithin, WHOLE_HISTORY, type HistoryWindow } from './history-window.ts';
import { LineHistory } from './line-history.ts';
import type { IterationRecord } from './iteration-record.ts';

export interface IterationSearch {
  /** null: all within the window. */
  readonly wanted: number | null;
  /** Only such as pass; all by default. */
  readonly accepts?: (record: IterationRecord) => boolean;
  /** Only those that ended in it, or are open since; all by default. */
  readonly window?: HistoryWindow;
}

/** The last iterations, newest first, read from the end of the events: a long history costs no more than a short one. */
export function recentIterations(path: string, search: IterationSearch): IterationRecord[] {
  const { wanted, accepts = () => true, window = WHOLE_HISTORY } = search;
  const most = Math.min(
    wanted ?? Number.POSITIVE_INFINITY,
    window.last ?? Number.POSITIVE_INFINITY,
  );
  const found: IterationRecord[] = [];
  for (const record of iterationsBackward(path)) {
    const at = Date.parse(record.ended_at ?? record.started_at ?? '');
    if (found.length >= most || isLongBefore(at, window)) {
      break;
    }
    if (isWithin(at, window) && accepts(record)) {
      found.push(record);
    }
  }
  return found;
}

/** Every kept iteration, newest first; one whose beginning was rotated away comes last. */
function* iterationsBackward(path: string): Generator<IterationRecord> {
  const history = new LineHistory(path);
  const open = new Map<number, IterationRecord>();
  try {
    for (const line of history.backward()) {
      const event = parseEventLine(line);
      const record = event && foldRecord(open.get(event.iteration ?? 0), event);
      if (event && record) {
        open.set(record.iteration, record);
        if (isNamed(event, 'iteration_start')) {
          open.delete(record.iteration);
          yield record;
        }
      }
    }
    yield* [...open.values()].toSorted((left, right) => right.iteration - left.iteration);
  } finally {
    history.close();
  }
}
