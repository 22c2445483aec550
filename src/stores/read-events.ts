import type { RecordedEvent } from '../domain/event.ts';
import { openGenerations } from './event-generations.ts';
import type { GrowingFile } from './growing-file.ts';
import { parseEventLine } from './recorded-event.ts';

export interface EventRange {
  /** Number of the first event wanted; 1 by default. */
  readonly from?: number;
}

/** All kept events, oldest first, rotated files included. Malformed lines are passed over. Throws AutoloopError 155. */
export function* readEvents(path: string, { from = 1 }: EventRange = {}): Generator<RecordedEvent> {
  const files = openGenerations(path, null);
  try {
    for (const file of files.slice(firstWith(from, files))) {
      yield* eventsIn(file, from);
    }
  } finally {
    for (const file of files) {
      file.close();
    }
  }
}

/** Events of one file that were not given out yet. */
export function* eventsIn(file: GrowingFile, from: number): Generator<RecordedEvent> {
  for (const line of file.lines()) {
    const event = parseEventLine(line);
    if (event !== null && event.seq >= from) {
      yield event;
    }
  }
}

/** Index of the file that event number `from` is in; older ones need not be read. */
function firstWith(from: number, files: readonly GrowingFile[]): number {
  const index = files.findLastIndex((file) => {
    const first = parseEventLine(file.firstLine() ?? '');
    return first !== null && first.seq <= from;
  });
  return Math.max(0, index);
}
