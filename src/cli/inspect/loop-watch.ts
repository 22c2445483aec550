import type { LoopStatus } from '../../domain/loop-status.ts';
import type { PageNews } from '../../inspect/page-news.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { CliContext } from '../cli-context.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { EventFeed } from './event-feed.ts';
import { LoopPast, type Past } from './loop-past.ts';
import { loopView } from './loop-view.ts';
import { MachineFeed } from './machine-feed.ts';
import { OutputFeed } from './output-feed.ts';
import { understood } from './understood.ts';

export interface LoopWatchFacts {
  readonly context: CliContext;
  readonly told: (news: PageNews) => void;
  /** How the loop is has to be looked at anew. */
  readonly moved: () => void;
}

/** Everything of one loop, however often its runners come and go. */
export class LoopWatch {
  readonly #facts: LoopWatchFacts;
  readonly #past = new LoopPast();
  readonly #machine: MachineFeed;
  readonly #output: OutputFeed;
  #events: EventFeed | null = null;
  #found: FoundLoop | null = null;
  #view: PageNews = { kind: 'loop', loop: null };
  #viewText = '';

  constructor(directory: string, facts: LoopWatchFacts) {
    const { told, moved } = facts;
    this.#facts = facts;
    this.#output = new OutputFeed(told);
    this.#machine = new MachineFeed({
      paths: dataPaths(directory),
      told: (news) => this.#hear(news),
      gone: moved,
    });
    this.#followEvents(directory);
  }

  /** How it is now, as a look at its folder and its runner tells. */
  see(found: FoundLoop): void {
    this.#found = found;
    this.#tellView();
    const reading = 'reading' in found ? found.reading : null;
    if (reading !== null) {
      this.#output.see(reading.status);
    }
    void this.#machine.see(reading?.runner === 'answers');
    void this.#output.look();
  }

  whole(): PageNews[] {
    const events = this.#events === null ? [] : [this.#events.whole()];
    return [this.#view, ...this.#machine.whole(), ...events, this.#output.whole()];
  }

  end(): void {
    this.#machine.end();
    this.#output.end();
    this.#events?.end();
  }

  #followEvents(directory: string): void {
    try {
      this.#events = new EventFeed(dataPaths(directory).events, this.#facts.told);
    } catch {
      // What keeps them from being read is told with the loop itself.
    }
  }

  #hear(news: PageNews): void {
    if (news.kind === 'inspection') {
      this.#note(news.status);
    }
    this.#facts.told(news);
  }

  /** Its runner tells how it is sooner than the next look. */
  #note(status: LoopStatus): void {
    if (this.#found !== null && 'reading' in this.#found) {
      const reading = { ...this.#found.reading, status, runner: 'answers' as const };
      this.#found = { loop: this.#found.loop, reading };
      this.#output.see(status);
      this.#tellView();
    }
  }

  #pastOf(found: FoundLoop): Past {
    return 'reading' in found ? this.#past.of(found.reading.status) : NO_PAST;
  }

  #tellView(): void {
    const found = this.#found;
    if (found === null) {
      return;
    }
    const loop = understood(found, (seen) =>
      loopView(this.#facts.context, seen, this.#pastOf(seen)),
    );
    const text = JSON.stringify(loop);
    if (text !== this.#viewText) {
      this.#viewText = text;
      this.#view = { kind: 'loop', loop };
      this.#facts.told(this.#view);
    }
  }
}

const NO_PAST: Past = { recent: [], notices: [], gates: null };
