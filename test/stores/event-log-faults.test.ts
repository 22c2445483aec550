import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { readEvents } from '../../src/stores/read-events.ts';
import { keepAsIs, sampleEvent } from './samples.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('takes back what did not get through to the disk, and writes it again', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const log = new NdjsonEventLog({ path, redactor: keepAsIs });
  log.append([sampleEvent(1)]);
  const mend = breakOnce('fdatasyncSync', 'EDQUOT');
  expect(() => log.append([sampleEvent(2), sampleEvent(3)])).toThrow(
    expect.objectContaining({
      code: EXIT.resourceExhausted,
      message: expect.stringContaining('the disk quota is used up (EDQUOT)'),
    }),
  );
  expect([log.lastSeq(), seqsIn(path)]).toEqual([1, [1]]);
  mend();
  log.append([sampleEvent(2), sampleEvent(3)]);
  expect([log.lastSeq(), seqsIn(path)]).toEqual([3, [1, 2, 3]]);
});

test.skipIf(!canMount)('cuts off later what it could not cut off at once', () => {
  const disk = smallDisk();
  const path = join(disk, 'events.ndjson');
  const log = new NdjsonEventLog({ path, redactor: keepAsIs });
  log.append([sampleEvent(1)]);
  fillDisk(disk, 4_096);
  const mend = breakOnce('ftruncateSync', 'ENOSPC');
  const large = { ...sampleEvent(2), details: { code: 'large', message: 'x'.repeat(30_000) } };
  expect(() => log.append([large])).toThrow(expect.objectContaining({ code: 153 }));
  expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(false);
  mend();
  log.append([sampleEvent(2)]);
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  expect(seqsIn(path)).toEqual([1, 2]);
});

function breakOnce(name: 'fdatasyncSync' | 'ftruncateSync', code: string): () => void {
  const real = fs[name];
  const mend = (): void => {
    Object.assign(fs, { [name]: real });
    syncBuiltinESMExports();
  };
  Object.assign(fs, {
    [name]: () => {
      throw Object.assign(new Error(code), { code });
    },
  });
  syncBuiltinESMExports();
  onTestFinished(mend);
  return mend;
}

function seqsIn(path: string): number[] {
  return [...readEvents(path)].map(({ seq }) => seq);
}
