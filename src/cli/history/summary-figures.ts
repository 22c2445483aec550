import type { RecordedEvent } from '../../domain/event.ts';
import { foldEvent } from '../../domain/metrics/fold-event.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { readEvents } from '../../stores/read-events.ts';
import { scanEvents } from '../../stores/scan-events.ts';
import type { HistoryWindow } from './history-window.ts';

/** The summary made anew from all kept events, as the runner makes it; nothing is written. null: there is no event. */
export function rebuiltSummary(paths: DataPaths): Summary | null {
  return folded(readEvents(paths.events));
}

/** As if the loop had done only the iterations that ended within the window. null: none did. */
export function summaryWithin(paths: DataPaths, window: HistoryWindow): Summary | null {
  const seqs = seqsOf(paths.events, window);
  return seqs && folded(eventsFrom(paths.events, seqs));
}

interface Seqs {
  /** Of the last end before the window, 0: none. */
  readonly before: number;
  /** Of the last event within it. */
  readonly last: number;
}

function seqsOf(path: string, { since, until, last }: HistoryWindow): Seqs | null {
  let newest: number | null = null;
  let counted = 0;
  for (const end of scanEvents(path, { names: ['iteration_end'], until })) {
    const isOlder = since !== null && Date.parse(end.timestamp) < since;
    if (isOlder || counted === last) {
      return newest === null ? null : { before: end.seq, last: newest };
    }
    newest ??= until === null ? Number.MAX_SAFE_INTEGER : end.seq;
    counted += 1;
  }
  return newest === null ? null : { before: 0, last: newest };
}

function* eventsFrom(path: string, { before, last }: Seqs): Generator<RecordedEvent> {
  for (const event of readEvents(path, { from: before + 1 })) {
    if (event.seq > last) {
      return;
    }
    yield event;
  }
}

function folded(events: Iterable<RecordedEvent>): Summary | null {
  let summary: Summary | null = null;
  for (const event of events) {
    summary = foldEvent(summary, event);
  }
  return summary;
}
