import type { RecordedEvent } from '../domain/event.ts';

/** The event stream of one loop. One writer: the runner that holds the lock. */
export interface EventLog {
  /** Number of the last event kept, 0 when there is none. */
  lastSeq(): number;
  /** One write per event, in order, on disk when it returns. Throws AutoloopError (153, 155) when it cannot. */
  append(events: readonly RecordedEvent[]): void;
}
