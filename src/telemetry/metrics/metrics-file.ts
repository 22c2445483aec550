import { open, rename, rm } from 'node:fs/promises';
import type { Clock } from '../../ports/clock.ts';
import { temporaryPath } from '../../stores/temporary-file.ts';
import type { TextFormat } from './open-metrics.ts';

export interface MetricsFileFacts {
  /** Absolute. */
  readonly path: string;
  readonly clock: Clock;
  readonly text: (format: TextFormat) => string;
  readonly failed: (error: unknown) => void;
  readonly written: () => void;
}

/**
 * The metrics in a file, replaced as a whole: soon after each change, once a second at most, and now and then while
 * nothing happens, so that its age tells whether its runner lives. Whoever collects is another user as a rule: all
 * may read it. One write at a time, however slow the disk is.
 */
export class MetricsFile {
  readonly #facts: MetricsFileFacts;
  readonly #format: TextFormat;
  #cancel: () => void;
  #dueAt = Infinity;
  #writing: Promise<void> | null = null;
  /** Something changed while it was written. */
  #isLate = false;
  #isOver = false;

  constructor(facts: MetricsFileFacts) {
    this.#facts = facts;
    this.#format = facts.path.endsWith('.prom') ? 'prometheus' : 'openmetrics';
    this.#cancel = () => {};
  }

  changed(): void {
    this.#plan(SOON_MS);
  }

  /** With the last word on the loop in it, where the disk takes it. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#cancel();
    await this.#writing;
    await this.#write();
  }

  #plan(delayMs: number): void {
    const { clock } = this.#facts;
    const at = clock.now() + delayMs;
    if (!this.#isOver && at < this.#dueAt) {
      this.#cancel();
      this.#dueAt = at;
      this.#cancel = clock.startTimer(delayMs, () => this.#begin());
    }
  }

  #begin(): void {
    this.#dueAt = Infinity;
    if (this.#writing !== null) {
      this.#isLate = true;
      return;
    }
    this.#writing = this.#write().finally(() => {
      this.#writing = null;
      this.#plan(this.#isLate ? SOON_MS : SELDOM_MS);
      this.#isLate = false;
    });
  }

  async #write(): Promise<void> {
    const { path, text, failed, written } = this.#facts;
    try {
      await replace(path, text(this.#format));
      written();
    } catch (error) {
      failed(error);
    }
  }
}

const SOON_MS = 1_000;
const SELDOM_MS = 30_000;

async function replace(path: string, text: string): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}
