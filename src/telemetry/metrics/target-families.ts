import type { Summary, TargetRecord } from '../../domain/summary/summary.ts';
import { named, type MetricFamily, type Sample } from './metric-family.ts';

/**
 * By target, for the first so many: a task that invents a target for each iteration must not fill the memory of whoever
 * scrapes. The others are one.
 */
export function targetFamilies(summary: Summary | null): MetricFamily[] {
  const targets = bounded(Object.entries(summary?.targets ?? {}));
  const samplesOf = (count: (record: TargetRecord) => number | null): Sample[] =>
    [...targets].flatMap(([target, records]) => {
      const values = records.map(count).filter((value) => value !== null);
      const value = values.reduce((sum, one) => sum + one, 0);
      return values.length === 0 ? [] : [{ labels: { target }, value }];
    });
  return [
    {
      ...named('autoloop_target_iterations', 'Iterations by target.'),
      type: 'counter',
      samples: samplesOf(({ iterations }) => iterations),
    },
    {
      ...named('autoloop_target_succeeded', 'Iterations that succeeded, by target.'),
      type: 'counter',
      samples: samplesOf(({ succeeded }) => succeeded),
    },
    {
      ...named('autoloop_target_cost_usd', 'What iterations have cost, by target.'),
      type: 'counter',
      samples: samplesOf(({ cost_usd: usd }) => usd),
    },
  ];
}

type Entries = readonly (readonly [string, TargetRecord])[];

function bounded(entries: Entries): ReadonlyMap<string, readonly TargetRecord[]> {
  const found = new Map<string, TargetRecord[]>();
  for (const [name, record] of entries) {
    const short = name.slice(0, LONGEST_NAME);
    const label = found.has(short) || found.size < MOST_TARGETS ? short : OTHERS;
    found.set(label, [...(found.get(label) ?? []), record]);
  }
  return found;
}

export const MOST_TARGETS = 50;
const LONGEST_NAME = 120;
const OTHERS = '(others)';
