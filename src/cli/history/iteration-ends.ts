import type { RecordedEvent } from '../../domain/event.ts';
import { readEvents } from '../../stores/read-events.ts';
import { isNamed } from './fold-record.ts';

/** Every kept end of an iteration, oldest first, one at a time; malformed lines are passed over. */
export function* iterationEnds(path: string): Generator<RecordedEvent<'iteration_end'>> {
  for (const event of readEvents(path)) {
    if (isNamed(event, 'iteration_end')) {
      yield event;
    }
  }
}
