import type { GateParserName, TestCounts } from '../../../domain/validation.ts';
import { goCounts } from './go.ts';
import { jestCounts } from './jest.ts';
import { junitCounts } from './junit.ts';
import { pytestCounts } from './pytest.ts';
import { tapCounts } from './tap.ts';
import { vitestCounts } from './vitest.ts';

/** How many tests there were, by a tool's own words; null: it does not say. */
export const PARSERS: Readonly<Record<GateParserName, (output: string) => TestCounts | null>> = {
  tap: tapCounts,
  junit: junitCounts,
  vitest: vitestCounts,
  jest: jestCounts,
  pytest: pytestCounts,
  go: goCounts,
};
