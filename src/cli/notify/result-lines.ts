import type { TestResult } from '../../notify/send-test.ts';
import type { CliContext } from '../cli-context.ts';
import { paintFor } from '../tables/paint.ts';
import { oneLine } from '../tables/text-width.ts';

/** A line for each target: what came of it. */
export function resultLines({ terminal }: CliContext, results: readonly TestResult[]): string {
  const paint = paintFor(terminal);
  const width = Math.max(...results.map(({ target }) => target.length));
  return results
    .map(({ ok, target, error, duration }) => {
      const mark = ok ? paint.good('✓') : paint.bad('✗');
      const words = error === null ? `sent, ${duration.toFixed(1)} s` : oneLine(error);
      return `${mark} ${target.padEnd(width)}  ${words}\n`;
    })
    .join('');
}
