import type { EventDetails, EventName, RecordedEvent } from '../../domain/event.ts';
import { anomalyHappening } from './anomaly.ts';
import { breakerHappening } from './breaker.ts';
import { endHappening } from './end.ts';
import type { Circumstances, Happening } from './happening.ts';
import { limitHappening } from './limit.ts';

/** Reads events, and remembers of them what keeps the same thing from being told twice. */
export class Happenings {
  /** What ended the run, where an error did. */
  #error: EventDetails['error'] | null = null;
  #breakerWasOpen = false;
  #limitUntil: string | null = null;

  /** null: nothing to tell of. */
  of(event: RecordedEvent, circumstances: Circumstances): Happening | null {
    if (isNamed(event, 'error')) {
      this.#error = event.details;
    } else if (isNamed(event, 'loop_end')) {
      return endHappening(event, { ...circumstances, error: this.#error });
    } else if (isNamed(event, 'breaker')) {
      return this.#ofBreaker(event, circumstances);
    } else if (isNamed(event, 'wait_start')) {
      return this.#ofWait(event, circumstances);
    } else if (isNamed(event, 'anomaly')) {
      return anomalyHappening(event);
    }
    return null;
  }

  /** That it has tried once more in vain is no news. */
  #ofBreaker(event: RecordedEvent<'breaker'>, { status }: Circumstances): Happening | null {
    const { state } = event.details;
    const wasOpen = this.#breakerWasOpen;
    this.#breakerWasOpen = state !== 'closed';
    const isNews = state === 'open' ? !wasOpen : state === 'closed';
    return isNews ? breakerHappening(event, status) : null;
  }

  #ofWait(event: RecordedEvent<'wait_start'>, circumstances: Circumstances): Happening | null {
    const { kind, until } = event.details;
    if (kind !== 'usage_limit' || until === this.#limitUntil) {
      return null;
    }
    this.#limitUntil = until;
    return limitHappening(event, circumstances);
  }
}

function isNamed<Name extends EventName>(
  event: RecordedEvent,
  name: Name,
): event is RecordedEvent<Name> {
  return event.event === name;
}
