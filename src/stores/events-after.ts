import { closeSync, fstatSync } from 'node:fs';
import type { RecordedEvent } from '../domain/event.ts';
import { linesBackward } from './lines-backward.ts';
import { openIfThere } from './open-if-there.ts';
import { readEvents } from './read-events.ts';
import { parseEventLine } from './recorded-event.ts';

/**
 * The kept events with numbers above `seq`, oldest first. Reads back from the end, so that a few of them cost the same
 * whatever came before. Throws AutoloopError 155.
 */
export function eventsAfter(path: string, seq: number): Iterable<RecordedEvent> {
  return inYoungest(path, seq) ?? readEvents(path, { from: seq + 1 });
}

/** null: they begin in an older generation. */
function inYoungest(path: string, seq: number): RecordedEvent[] | null {
  const fd = openIfThere(path);
  if (fd === null) {
    return null;
  }
  try {
    const found: RecordedEvent[] = [];
    for (const { bytes } of linesBackward(fd, fstatSync(fd).size)) {
      const event = parseEventLine(bytes.toString('utf8'));
      if (event !== null && event.seq <= seq) {
        return found.toReversed();
      }
      if (event !== null) {
        found.push(event);
      }
      if (found.length > MOST_HELD) {
        return null;
      }
    }
    return found.at(-1)?.seq === seq + 1 ? found.toReversed() : null;
  } finally {
    closeSync(fd);
  }
}

/** More are read forward, one at a time. */
const MOST_HELD = 10_000;
