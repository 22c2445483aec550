import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEEP_ALL, type RetentionRules } from '../../src/domain/retention.ts';
import { dataPaths, type DataPaths } from '../../src/stores/data-paths.ts';
import { planRemovals } from '../../src/stores/retention/plan-removals.ts';
import { removeOld } from '../../src/stores/retention/remove-old.ts';
import { temporaryFolder } from './temporary-folder.ts';

const NOW = Date.UTC(2026, 5, 15);
const DAY_MS = 86_400_000;

describe('what is removed of a data folder', () => {
  it('is nothing where all is to be kept, or where there is nothing', () => {
    expect(planned(folder(), {})).toEqual([]);
    expect(planned(dataPaths(temporaryFolder()), { keepIterations: 1, rotateKeep: 1 })).toEqual([]);
  });

  it('is what is one too many, told with its bytes and why', () => {
    const paths = folder();
    expect(planned(paths, { keepIterations: 28, rotateKeep: 2 })).toEqual([
      'iteration 1: count',
      'iteration 2: count',
      'loop.log.3: count',
      'events.ndjson.3: count',
    ]);
    const [first, , third] = planRemovals(paths, {
      rules: { ...KEEP_ALL, keepIterations: 28, rotateKeep: 2 },
      now: NOW,
    });
    expect(first).toEqual({
      iteration: 1,
      paths: ['iterations/000001', 'iterations/000001.log'],
      bytes: 1_500,
      why: 'count',
    });
    expect(third).toMatchObject({ iteration: null, paths: ['loop.log.3'], bytes: 10_000 });
  });

  it('is what nobody has written to for longer than the days given', () => {
    const paths = folder();
    age(join(paths.iterations, '000001'), 8);
    age(join(paths.iterations, '000001.log'), 8);
    age(join(paths.iterations, '000002.log'), 8);
    age(`${paths.events}.3`, 31);
    age(`${paths.events}.2`, 29);
    const days = { keepDays: 7, rotateDays: 30 };
    expect(planned(paths, days)).toEqual(['iteration 1: age', 'events.ndjson.3: age']);
  });

  it('is never one of the last ten iterations, nor a file that is written to', () => {
    const paths = folder();
    for (const name of readdirSync(paths.iterations)) {
      age(join(paths.iterations, name), 900);
    }
    age(paths.events, 900);
    age(paths.log, 900);
    const all = { keepIterations: 1, keepDays: 1, rotateKeep: 0, rotateDays: 1, maxDataMb: 0.001 };
    const gone = planned(paths, all);
    expect(gone.slice(0, 20)).toEqual(numbers(1, 20).map((number) => `iteration ${number}: count`));
    expect(gone.slice(20).toSorted()).toEqual(
      [1, 2, 3]
        .flatMap((number) => [`events.ndjson.${number}: count`, `loop.log.${number}: count`])
        .toSorted(),
    );
  });

  it('is, above the ceiling, no more than has to go: old iterations first, then the log, then events', () => {
    const paths = folder();
    // 30 × 1,500 bytes of iterations and 80,000 of logs and events are 125,000.
    expect(planned(paths, { maxDataMb: 0.122 })).toEqual([1, 2].map((n) => `iteration ${n}: size`));
    const more = planned(paths, { maxDataMb: 0.08 });
    expect(more.slice(20)).toEqual(['loop.log.3: size', 'events.ndjson.3: size']);
  });

  it('counts towards the ceiling what goes for another reason', () => {
    const rules = { keepIterations: 28, maxDataMb: 0.122 };
    expect(planned(folder(), rules)).toEqual([1, 2].map((n) => `iteration ${n}: count`));
  });

  it('goes, and then there is nothing more to go', () => {
    const paths = folder();
    const retention = { rules: { ...KEEP_ALL, keepIterations: 12, rotateKeep: 1 }, now: NOW };
    removeOld(paths.directory, planRemovals(paths, retention));
    expect(existsSync(join(paths.iterations, '000018'))).toBe(false);
    expect(existsSync(join(paths.iterations, '000019.log'))).toBe(true);
    expect(existsSync(`${paths.events}.2`)).toBe(false);
    expect(existsSync(`${paths.events}.1`)).toBe(true);
    expect(planRemovals(paths, retention)).toEqual([]);
  });
});

/** 30 iterations of 1,500 bytes, log and events with three generations each, of 10,000 bytes. */
function folder(): DataPaths {
  const paths = dataPaths(temporaryFolder());
  for (const number of numbers(1, 30)) {
    const name = String(number).padStart(6, '0');
    mkdirSync(join(paths.iterations, name), { recursive: true });
    writeFileSync(join(paths.iterations, name, 'prompt.md'), Buffer.alloc(500));
    writeFileSync(join(paths.iterations, `${name}.log`), Buffer.alloc(1_000));
    [name, `${name}.log`].forEach((part) => age(join(paths.iterations, part), 0));
  }
  for (const file of [paths.log, paths.events].flatMap((path) => generations(path))) {
    writeFileSync(file, Buffer.alloc(10_000));
    age(file, 0);
  }
  return paths;
}

function generations(path: string): string[] {
  return [path, `${path}.1`, `${path}.2`, `${path}.3`];
}

function age(path: string, days: number): void {
  const at = new Date(NOW - days * DAY_MS);
  utimesSync(path, at, at);
}

function planned(paths: DataPaths, rules: Partial<RetentionRules>): string[] {
  return planRemovals(paths, { rules: { ...KEEP_ALL, ...rules }, now: NOW }).map(
    ({ iteration, paths: names, why }) =>
      `${iteration === null ? names.join() : `iteration ${iteration}`}: ${why}`,
  );
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
