import { expect, test } from 'vitest';
import type { WorkerList } from '../../../src/ports/worker-list.ts';

const IDENTITY = { pid: 4242, startTicks: '1234', bootId: 'boot' };
const KEY = { iteration: 1, attempt: 1 };

export function keepsTheWorkerListContract(create: () => WorkerList): void {
  test('is empty at first', () => {
    expect(create().list()).toEqual([]);
  });

  test('lists who was added and not removed', () => {
    const list = create();
    list.add(IDENTITY, KEY);
    list.add({ ...IDENTITY, pid: 4243 }, { iteration: 2, attempt: 1 });
    list.remove(KEY);
    expect(list.list()).toEqual([{ pid: 4243, startTicks: '1234', iteration: 2, attempt: 1 }]);
  });

  test('adding and removing twice is as once', () => {
    const list = create();
    list.add(IDENTITY, KEY);
    list.add(IDENTITY, KEY);
    expect(list.list()).toHaveLength(1);
    list.remove(KEY);
    list.remove(KEY);
    expect(list.list()).toEqual([]);
  });
}
