import type { RecordedEvent } from '../../domain/event.ts';
import type { PageNews } from '../../inspect/page-news.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import { isShallow } from '../../stores/shape.ts';
import { LineHistory } from '../history/line-history.ts';

/** As many as a page keeps. */
const MOST_EVENTS = 300;
/** What comes in one go is told in one. */
const TOGETHER_MS = 30;

/** The last events of a loop, and those to come, whether a runner lives or not. */
export class EventFeed {
  readonly #told: (news: PageNews) => void;
  readonly #leave = new AbortController();
  readonly #history: LineHistory;
  #events: RecordedEvent[];
  #fresh: RecordedEvent[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Throws AutoloopError 155 where they cannot be read. */
  constructor(path: string, told: (news: PageNews) => void) {
    this.#told = told;
    this.#history = new LineHistory(path);
    this.#events = this.#history.last(MOST_EVENTS).flatMap((line) => eventIn(line) ?? []);
    told(this.whole());
    void this.#follow();
  }

  whole(): PageNews {
    return { kind: 'events', events: this.#events, isWhole: true };
  }

  end(): void {
    this.#leave.abort();
    clearTimeout(this.#timer ?? undefined);
  }

  async #follow(): Promise<void> {
    try {
      for await (const line of this.#history.follow(this.#leave.signal)) {
        const event = eventIn(line);
        if (event !== null) {
          this.#fresh.push(event);
          this.#timer ??= setTimeout(() => this.#tell(), TOGETHER_MS);
        }
      }
    } catch {
      // They cannot be read any more: those that were told stay.
    } finally {
      this.#history.close();
    }
  }

  #tell(): void {
    const events = this.#fresh.slice(-MOST_EVENTS);
    this.#timer = null;
    this.#fresh = [];
    this.#events = [...this.#events, ...events].slice(-MOST_EVENTS);
    this.#told({ kind: 'events', events, isWhole: false });
  }
}

/** null: it is none that could be told. */
function eventIn(line: string): RecordedEvent | null {
  const event = parseEventLine(line);
  return isShallow(event) ? event : null;
}
