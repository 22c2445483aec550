import type { PageNews } from '../page-news.ts';
import { NotLetIn, type Api } from './api.ts';

export type Connection = 'opening' | 'open' | 'lost' | 'refused';

export interface NewsLineFacts {
  readonly api: Api;
  readonly told: (news: PageNews) => void;
  readonly changed: (connection: Connection) => void;
}

const SOONEST_MS = 300;
const LATEST_MS = 4_000;

/** News of the chosen loop, for as long as the page is open: a connection that ends is made anew by itself. */
export class NewsLine {
  readonly #facts: NewsLineFacts;
  #reading = new AbortController();

  constructor(facts: NewsLineFacts) {
    this.#facts = facts;
  }

  /** Of this loop from now on, and of no other. */
  follow(loop: string | null): void {
    this.#reading.abort();
    this.#reading = new AbortController();
    void this.#read(loop, this.#reading.signal);
  }

  async #read(loop: string | null, signal: AbortSignal): Promise<void> {
    const { api, changed } = this.#facts;
    let delay = SOONEST_MS;
    const reading = {
      signal,
      opened: () => {
        delay = SOONEST_MS;
        changed('open');
      },
      told: (news: PageNews) => {
        if (!signal.aborted) {
          this.#facts.told(news);
        }
      },
    };
    while (!signal.aborted) {
      const error = await api.readNews(loop, reading).catch((why: unknown) => why);
      if (signal.aborted) {
        return;
      }
      changed(error instanceof NotLetIn ? 'refused' : 'lost');
      if (error instanceof NotLetIn) {
        return;
      }
      await pause(delay, signal);
      delay = Math.min(LATEST_MS, delay * 2);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
