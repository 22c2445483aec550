import type { InspectionBatch } from '../../domain/inspection.ts';
import type { PageNews, SavedMachine } from '../../inspect/page-news.ts';
import { inspectLoopIn, type Following } from '../../runner/control-client.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { savedMachine } from './saved-machine.ts';

export interface MachineFeedFacts {
  readonly paths: DataPaths;
  readonly told: (news: PageNews) => void;
  /** The runner that told has gone. */
  readonly gone: () => void;
}

/** What the machine of a loop does, from its runner; where none tells, what its snapshot has. */
export class MachineFeed {
  readonly #facts: MachineFeedFacts;
  #following: Following | null = null;
  #isConnecting = false;
  #hasEnded = false;
  #batch: InspectionBatch | null = null;
  #saved: SavedMachine | null = null;
  #savedText = '';

  constructor(facts: MachineFeedFacts) {
    this.#facts = facts;
  }

  /** Is told again and again whether a runner answers. */
  async see(answers: boolean): Promise<void> {
    if (answers && this.#following === null && !this.#isConnecting) {
      this.#isConnecting = true;
      await this.#connect();
      this.#isConnecting = false;
    }
    if (this.#batch === null && !this.#hasEnded) {
      this.#tellSaved();
    }
  }

  /** What came about up to now is past: only how it is. */
  whole(): PageNews[] {
    return this.#batch === null
      ? [{ kind: 'saved', saved: this.#saved }]
      : [{ ...this.#batch, news: [], events: [] }];
  }

  end(): void {
    this.#hasEnded = true;
    this.#following?.end();
  }

  async #connect(): Promise<void> {
    this.#following = await inspectLoopIn(this.#facts.paths, (batch) => this.#hear(batch));
    void this.#following?.over.then(() => this.#leave());
    if (this.#hasEnded) {
      this.#following?.end();
    }
  }

  #hear(batch: InspectionBatch): void {
    if (!this.#hasEnded) {
      this.#batch = batch;
      this.#facts.told(batch);
    }
  }

  #leave(): void {
    this.#following = null;
    this.#batch = null;
    this.#savedText = '';
    if (!this.#hasEnded) {
      this.#facts.gone();
    }
  }

  #tellSaved(): void {
    const saved = savedMachine(this.#facts.paths);
    const text = JSON.stringify(saved);
    if (text !== this.#savedText) {
      this.#savedText = text;
      this.#saved = saved;
      this.#facts.told({ kind: 'saved', saved });
    }
  }
}
