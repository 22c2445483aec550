import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileWorkerList } from '../../src/stores/workers-file.ts';
import { InMemoryWorkerList } from '../fakes/in-memory-worker-list.ts';
import { keepsTheWorkerListContract } from './contracts/worker-list.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('FileWorkerList', () => {
  keepsTheWorkerListContract(() => new FileWorkerList(join(temporaryFolder(), 'workers.pids')));

  test('writes pid, start, iteration and attempt, parted by tabs', () => {
    const path = join(temporaryFolder(), 'workers.pids');
    const list = new FileWorkerList(path);
    list.add({ pid: 4242, startTicks: '1234', bootId: 'boot' }, { iteration: 7, attempt: 2 });
    list.add(
      { pid: 4243, startTicks: 'Mon Nov 23 09:45:00 2026', bootId: 'boot' },
      { iteration: 8, attempt: 1 },
    );
    expect(readFileSync(path, 'utf8')).toBe(
      '4242\t1234\t7\t2\n4243\tMon Nov 23 09:45:00 2026\t8\t1\n',
    );
    expect(list.list()).toHaveLength(2);
  });

  test('leaves out lines that make no sense', () => {
    const path = join(temporaryFolder(), 'workers.pids');
    writeFileSync(path, '4242\n\nx\ty\tz\t1\n4243\t1\t2\t3\n');
    expect(new FileWorkerList(path).list()).toEqual([
      { pid: 4243, startTicks: '1', iteration: 2, attempt: 3 },
    ]);
  });
});

describe('InMemoryWorkerList', () => {
  keepsTheWorkerListContract(() => new InMemoryWorkerList());
});
