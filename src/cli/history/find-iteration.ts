import type { RecordedEvent } from '../../domain/event.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import { isNamed } from './fold-record.ts';
import { LineHistory } from './line-history.ts';

/** All events of one iteration, oldest first; none where it was never begun, or rotated away. */
export function eventsOfIteration(path: string, iteration: number): RecordedEvent[] {
  const history = new LineHistory(path);
  const found: RecordedEvent[] = [];
  try {
    for (const line of history.backward()) {
      const event = parseEventLine(line);
      if (event?.iteration === iteration) {
        found.unshift(event);
      }
      if (event && isNamed(event, 'iteration_start') && (event.iteration ?? 0) <= iteration) {
        break;
      }
    }
    return found;
  } finally {
    history.close();
  }
}
