import type { Span, SpanEvent } from './span.ts';

/** Events of an open span, the first so many. */
export class EventList {
  readonly #most: number;
  #events: SpanEvent[] = [];
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(event: SpanEvent): void {
    if (this.#events.length < this.#most) {
      this.#events.push(event);
    } else {
      this.#dropped += 1;
    }
  }

  /** They are the span's now. */
  take(): Pick<Span, 'events' | 'droppedEvents'> {
    const taken = { events: this.#events, droppedEvents: this.#dropped };
    this.#events = [];
    this.#dropped = 0;
    return taken;
  }
}
