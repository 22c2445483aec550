import type { TestCounts } from '../../../domain/validation.ts';
import { namesAFile } from './names-a-file.ts';

/**
 * TAP 12 to 14. Tests are counted where nothing is nested in them. What the plan promised and did not come failed, as
 * did a stream without a plan: it was cut. Skipped and to-do tests did not run.
 */
export function tapCounts(output: string): TestCounts | null {
  const lines = withoutDiagnostics(output);
  const plan = lines.flatMap((line) => /^1\.\.(\d+)/.exec(line)?.slice(1) ?? []).at(-1);
  if (plan === undefined && !lines.some((line) => /^TAP version \d+/.test(line))) {
    return null;
  }
  const points = lines.flatMap(testPoint);
  const counted = countLeaves(points);
  const missing = plan === undefined ? 1 : Math.max(0, Number(plan) - topLevel(points).length);
  const broken = missing + (lines.some((line) => line.startsWith('Bail out!')) ? 1 : 0);
  return { ran: counted.ran + broken, failed: counted.failed + broken };
}

interface TestPoint {
  readonly depth: number;
  readonly isOk: boolean;
  readonly isLeftOut: boolean;
  readonly name: string;
  readonly opens: boolean;
}

/** YAML blocks hold whatever a test printed. */
function withoutDiagnostics(output: string): string[] {
  let end: string | null = null;
  return output.split('\n').filter((line) => {
    const wasInside = end !== null;
    if (end === null) {
      const indent = /^( +)---$/.exec(line)?.[1];
      end = indent === undefined ? null : `${indent}...`;
    } else if (line === end) {
      end = null;
    }
    return !wasInside && end === null;
  });
}

function testPoint(line: string): TestPoint[] {
  const match = /^( *)(not )?ok\b *\d* *(?:- )?(.*)$/.exec(line);
  if (!match) {
    return [];
  }
  const [, indent = '', not, rest = ''] = match;
  const opens = rest.endsWith('{');
  const [name = ''] = rest.split(/ ?(?<!\\)# /, 1);
  const isLeftOut = /(?<!\\)# *(?:skip|todo)/i.test(rest);
  return [{ depth: indent.length, isOk: not === undefined, isLeftOut, name, opens }];
}

function topLevel(points: readonly TestPoint[]): readonly TestPoint[] {
  return points.filter(({ depth }) => depth === 0);
}

function countLeaves(points: readonly TestPoint[]): TestCounts {
  // vitest writes what is nested behind its parent, in braces; Node's runner before it.
  const hasBraces = points.some(({ opens }) => opens);
  const leaves = points.filter(({ opens, depth }, index) =>
    hasBraces ? !opens : (points[index - 1]?.depth ?? 0) <= depth,
  );
  const ran = leaves.filter((leaf) => !leaf.isLeftOut && !(leaf.isOk && namesAFile(leaf.name)));
  const failed = ran.filter(({ isOk }) => !isOk).length;
  const failedAbove = points.some(({ isOk, isLeftOut }) => !isOk && !isLeftOut);
  return failed === 0 && failedAbove
    ? { ran: ran.length + 1, failed: 1 }
    : { ran: ran.length, failed };
}
