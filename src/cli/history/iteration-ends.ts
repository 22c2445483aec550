import type { RecordedEvent } from '../../domain/event.ts';
import { findEvents, type FoundEvent } from '../../stores/scan-events.ts';
import type { HistoryWindow } from './history-window.ts';

/** The kept ends of iterations within the window, newest first; malformed lines are passed over. */
export function* iterationEnds(
  path: string,
  window: HistoryWindow,
): Generator<RecordedEvent<'iteration_end'>> {
  for (const { event } of foundEnds(path, window)) {
    yield event;
  }
}

/** As `iterationEnds`, with what led to each. */
export function* foundEnds(
  path: string,
  { since, until, last }: HistoryWindow,
): Generator<FoundEvent<'iteration_end'>> {
  let found = 0;
  for (const end of findEvents(path, { names: ['iteration_end'], since, until })) {
    yield end;
    found += 1;
    if (found === last) {
      return;
    }
  }
}
