import { parseEventLine } from '../../stores/recorded-event.ts';
import { CLOCK_SET_BACK_MS } from '../../stores/scan-events.ts';
import { foldRecord, isNamed } from './fold-record.ts';
import type { HistoryWindow } from './history-window.ts';
import { LineHistory } from './line-history.ts';
import type { IterationRecord } from './iteration-record.ts';

/** The last iterations, newest first, read from the end of the events: a long history costs no more than a short one. */
export function recentIterations(path: string, { wanted }: { wanted: number }): IterationRecord[] {
  const window = { since: null, until: null, last: null };
  return iterationsWithin(path, { window, wanted });
}

/** Those that ended within the window, or are open since; newest first. `wanted` null: all of them. */
export function iterationsWithin(
  path: string,
  { window, wanted }: { readonly window: HistoryWindow; readonly wanted: number | null },
): IterationRecord[] {
  const { since, until, last } = window;
  const most = Math.min(wanted ?? Number.POSITIVE_INFINITY, last ?? Number.POSITIVE_INFINITY);
  const found: IterationRecord[] = [];
  for (const record of iterationsBackward(path)) {
    const at = Date.parse(record.ended_at ?? record.started_at ?? '');
    if (found.length >= most || (since !== null && at < since - CLOCK_SET_BACK_MS)) {
      break;
    }
    if (!(since !== null && at < since) && !(until !== null && at > until)) {
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
