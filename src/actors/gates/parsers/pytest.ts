import type { TestCounts } from '../../../domain/validation.ts';
import { countsIn, lastMatch } from './summary-line.ts';

const SUMMARY =
  /^=* ?((?:no tests ran|\d+ (?:passed|failed|errors?|skipped|xfailed|xpassed|deselected|warnings?|rerun)\b).*) in [\d.]+s\b.*$/gm;

/** `=== 1 failed, 2 passed in 0.12s ===`, the last one, also without its frame (`-q`). */
export function pytestCounts(output: string): TestCounts | null {
  const summary = lastMatch(output, SUMMARY);
  if (summary === null) {
    return null;
  }
  const counts = countsIn(summary);
  const failed = counts('failed') + counts('errors?');
  return { ran: failed + counts('passed') + counts('xfailed') + counts('xpassed'), failed };
}
