import type { EventName, RecordedEvent } from '../domain/event.ts';

/** Whether it is an event of that name, and has its details. */
export function isNamed<Name extends EventName>(
  event: RecordedEvent,
  name: Name,
): event is RecordedEvent<Name> {
  return event.event === name;
}
