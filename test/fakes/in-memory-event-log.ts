import type { RecordedEvent } from '../../src/domain/event.ts';
import type { EventLog } from '../../src/ports/event-log.ts';

export class InMemoryEventLog implements EventLog {
  /** Thrown by the next appends, as a full disk would. */
  failure: Error | null = null;
  readonly #events: RecordedEvent[] = [];

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  lastSeq(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  append(events: readonly RecordedEvent[]): void {
    if (this.failure !== null) {
      throw this.failure;
    }
    this.#events.push(...events.map((event) => structuredClone(event)));
  }
}
