import { expect, test } from 'vitest';
import type { SummaryStore } from '../../../src/ports/summary-store.ts';

export function keepsTheSummaryStoreContract(create: () => SummaryStore): void {
  test('has no metrics and an empty text at first', () => {
    const store = create();
    expect([store.readMetrics(), store.readText()]).toEqual([null, '']);
  });

  test('gives back what was written last', () => {
    const store = create();
    store.writeMetrics({ total_iterations: 1 });
    store.writeMetrics({ total_iterations: 2, last_error: null });
    store.writeText('first');
    store.writeText('second\n');
    expect(store.readMetrics()).toEqual({ total_iterations: 2, last_error: null });
    expect(store.readText()).toBe('second\n');
  });
}
