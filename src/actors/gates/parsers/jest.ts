import type { TestCounts } from '../../../domain/validation.ts';
import { countsIn, lastMatch } from './summary-line.ts';

/** `Tests:       1 failed, 2 passed, 3 total`, the last one; suites that could not be loaded failed, too. */
export function jestCounts(output: string): TestCounts | null {
  const tests = lastMatch(output, /^Tests: +(.+)$/gm);
  if (tests === null) {
    return /^No tests found/m.test(output) ? { ran: 0, failed: 0 } : null;
  }
  const counts = countsIn(tests);
  const suites = countsIn(lastMatch(output, /^Test Suites: +(.+)$/gm) ?? '');
  const failed = counts('failed');
  const ran = failed + counts('passed');
  return { ran, failed: Math.max(failed, ran === 0 ? 0 : suites('failed')) };
}
