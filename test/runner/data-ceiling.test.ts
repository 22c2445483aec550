import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataCeiling } from '../../src/runner/data-ceiling.ts';
import { dataPaths } from '../../src/stores/data-paths.ts';
import { FileAttemptStore } from '../../src/stores/file-attempt-store.ts';
import { folderBytes } from '../../src/stores/folder-bytes.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';

describe('a data folder above its ceiling', () => {
  it('loses its oldest iterations, and no more of them than it has to', () => {
    const { ceiling, paths, warnings } = folder({ iterations: 60, maxDataMb: 3 });
    ceiling.look();
    expect(folderBytes(paths.directory)).toBeLessThanOrEqual(3_000_000);
    expect(new FileAttemptStore(paths.iterations).lastIteration()).toBe(60);
    expect(existsSync(join(paths.iterations, '000011.log'))).toBe(true);
    expect(existsSync(join(paths.iterations, '000010.log'))).toBe(false);
    expect(warnings).toEqual([]);
  });

  it('loses old generations where that is not enough, and is told where nothing is', () => {
    const { ceiling, paths, warnings } = folder({ iterations: 30, maxDataMb: 1 });
    [1, 2, 3].forEach((generation) => {
      writeFileSync(`${paths.events}.${generation}`, Buffer.alloc(200_000));
    });
    ceiling.look();
    expect(existsSync(`${paths.events}.3`)).toBe(false);
    expect(existsSync(`${paths.events}.1`)).toBe(true);
    expect(warnings).toEqual([]);
    writeFileSync(paths.log, Buffer.alloc(900_000));
    ceiling.look();
    expect(warnings, 'it has just looked').toEqual([]);
  });

  it('says once that it cannot be helped', () => {
    const { ceiling, paths, warnings, clock } = folder({ iterations: 5, maxDataMb: 1 });
    writeFileSync(paths.events, Buffer.alloc(1_500_000));
    ceiling.look();
    clock.advance(600_000);
    ceiling.look();
    expect(warnings).toEqual([expect.stringContaining('takes more than 1 MB')]);
    expect(existsSync(join(paths.iterations, '000001.log'))).toBe(true);
  });

  it('is left alone where there is none', () => {
    const { ceiling, paths } = folder({ iterations: 30, maxDataMb: 0 });
    const before = folderBytes(paths.directory);
    ceiling.look();
    expect(folderBytes(paths.directory)).toBe(before);
  });
});

/** Each iteration takes 60 kB. */
function folder({ iterations, maxDataMb }: { iterations: number; maxDataMb: number }) {
  const paths = dataPaths(temporaryFolder());
  for (let number = 1; number <= iterations; number += 1) {
    const name = String(number).padStart(6, '0');
    mkdirSync(join(paths.iterations, name), { recursive: true });
    writeFileSync(join(paths.iterations, `${name}.log`), Buffer.alloc(60_000));
  }
  const warnings: string[] = [];
  const clock = new ManualClock(1);
  const ceiling = new DataCeiling({
    ...{ paths, clock, settings: { maxDataMb, rotateDays: 0 } },
    warn: (message) => void warnings.push(message),
  });
  return { ceiling, paths, warnings, clock };
}
