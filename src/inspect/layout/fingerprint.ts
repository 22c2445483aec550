import { createHash } from 'node:crypto';
import type { Chart } from './chart.ts';

/** Of what a layout depends on: words of description may change without it. */
export function fingerprint(chart: Chart): string {
  const text = JSON.stringify(chart, (key, value: unknown) =>
    key === 'description' ? undefined : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
