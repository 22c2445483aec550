import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricFamilies } from '../../src/telemetry/metrics/families.ts';
import { momentOf } from '../../src/telemetry/metrics/moment-of.ts';
import { NOTHING_TALLIED } from '../../src/telemetry/metrics/tally.ts';
import { TelemetryLoop } from './telemetry-loop.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs', 'telemetry.md');

describe('docs/telemetry.md', () => {
  it('describes every metric, and none that there is not', () => {
    const families = metricFamilies(momentOf(new TelemetryLoop().facts, NOTHING_TALLIED));
    const rows = readFileSync(DOCS, 'utf8').matchAll(/^\| (`autoloop_[^|]+) \|/gm);
    const described = [...rows].flatMap(([, names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(new Set(described)).toEqual(new Set(families.map(({ name }) => name)));
    expect(described).toHaveLength(families.length);
  });
});
