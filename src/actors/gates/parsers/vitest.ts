import type { TestCounts } from '../../../domain/validation.ts';
import { countsIn, lastMatch } from './summary-line.ts';

/** ` Tests  1 failed | 2 passed | 1 skipped (4)`, the last one; files that could not be loaded failed, too. */
export function vitestCounts(output: string): TestCounts | null {
  const tests = lastMatch(output, /^ +Tests {2,}(.+)$/gm);
  if (tests === null) {
    return /^No test files found/m.test(output) ? { ran: 0, failed: 0 } : null;
  }
  const counts = countsIn(tests);
  const files = countsIn(lastMatch(output, /^ +Test Files {2,}(.+)$/gm) ?? '');
  const failed = counts('failed');
  const ran = failed + counts('passed') + counts('expected fail');
  return { ran, failed: Math.max(failed, ran === 0 ? 0 : files('failed')) };
}
