import type { SummaryStore } from '../../src/ports/summary-store.ts';

export class InMemorySummaryStore implements SummaryStore {
  #metrics: object | null = null;
  #text = '';

  readMetrics(): unknown {
    return structuredClone(this.#metrics);
  }

  writeMetrics(metrics: object): void {
    this.#metrics = structuredClone(metrics);
  }

  readText(): string {
    return this.#text;
  }

  writeText(text: string): void {
    this.#text = text;
  }
}
