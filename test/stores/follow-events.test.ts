import { mkdirSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { followEvents } from '../../src/stores/follow-events.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { keepAsIs, sampleEvent, sampleEvents } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const openLog = (path: string): NdjsonEventLog => new NdjsonEventLog({ path, redactor: keepAsIs });

interface Following {
  readonly next: (count: number) => Promise<number[]>;
  readonly events: AsyncGenerator<RecordedEvent>;
  readonly abort: () => void;
}

const follow = (path: string, from?: number): Following => {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const events = followEvents(path, {
    signal: controller.signal,
    ...(from === undefined ? {} : { from }),
  });
  const next = async (count: number): Promise<number[]> => {
    const seqs: number[] = [];
    while (seqs.length < count) {
      const { value } = await events.next();
      seqs.push(value.seq);
    }
    return seqs;
  };
  return { next, events, abort: () => controller.abort() };
};

test('gives what is there, then what comes', async () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const log = openLog(path);
  log.append(sampleEvents(1, 3));
  const { next } = follow(path, 2);
  expect(await next(2)).toEqual([2, 3]);
  log.append(sampleEvents(4, 5));
  expect(await next(2)).toEqual([4, 5]);
});

test('waits for a file, and its folder, that are not there yet', async () => {
  const folder = join(temporaryFolder(), 'loop');
  const { next } = follow(join(folder, 'events.ndjson'));
  const first = next(1);
  mkdirSync(folder);
  openLog(join(folder, 'events.ndjson')).append([sampleEvent(1)]);
  expect(await first).toEqual([1]);
});

test('goes on over rotations, also over two at once', async () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const log = openLog(path);
  log.append([sampleEvent(1)]);
  const { next } = follow(path);
  expect(await next(1)).toEqual([1]);
  log.append([sampleEvent(2)]);
  renameSync(path, `${path}.1`);
  log.append([sampleEvent(3)]);
  renameSync(`${path}.1`, `${path}.2`);
  renameSync(path, `${path}.1`);
  log.append([sampleEvent(4)]);
  expect(await next(3)).toEqual([2, 3, 4]);
});

test.each([
  ['emptied', (path: string) => truncateSync(path)],
  ['removed', (path: string) => rmSync(path)],
])('goes on when the file was %s, and tells nothing twice', async (_, disturb) => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const log = openLog(path);
  log.append([sampleEvent(1)]);
  renameSync(path, `${path}.1`);
  log.append(sampleEvents(2, 3));
  const { next } = follow(path);
  expect(await next(3)).toEqual([1, 2, 3]);
  disturb(path);
  log.append([sampleEvent(4)]);
  expect(await next(1)).toEqual([4]);
});

test('ends without an error when it is aborted, also while it waits', async () => {
  const { events, abort } = follow(join(temporaryFolder(), 'events.ndjson'));
  const next = events.next();
  abort();
  expect(await next).toEqual({ value: undefined, done: true });
});
