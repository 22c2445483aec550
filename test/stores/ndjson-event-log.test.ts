import {
  appendFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  mkdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { NdjsonEventLog } from '../../src/stores/ndjson-event-log.ts';
import { readEvents } from '../../src/stores/read-events.ts';
import { InMemoryEventLog } from '../fakes/in-memory-event-log.ts';
import { keepsTheEventLogContract } from './contracts/event-log.ts';
import { keepAsIs, sampleEvent, sampleEvents } from './samples.ts';
import { canMount, fillDisk, smallDisk } from './small-disk.ts';
import { temporaryFolder } from './temporary-folder.ts';

const openLog = (path: string): NdjsonEventLog => new NdjsonEventLog({ path, redactor: keepAsIs });

const logPath = (): string => join(temporaryFolder(), 'events.ndjson');

const seqsIn = (path: string): number[] => [...readEvents(path)].map(({ seq }) => seq);

/** A log of events 1 to 3, as text. */
const writeThree = (path: string): string => {
  openLog(path).append(sampleEvents(1, 3));
  return readFileSync(path, 'utf8');
};

describe('NdjsonEventLog', () => {
  keepsTheEventLogContract(() => openLog(logPath()));

  test('writes a line per event, for its user alone', () => {
    const path = logPath();
    const lines = writeThree(path).split('\n');
    expect(lines.map((line) => (line === '' ? null : JSON.parse(line)))).toEqual([
      ...sampleEvents(1, 3),
      null,
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('goes on counting when it is opened again', () => {
    const path = logPath();
    writeThree(path);
    const log = openLog(path);
    expect([log.lastSeq(), log.repaired]).toEqual([3, null]);
  });

  test('goes on counting from the rotated file when its own is empty or missing', () => {
    const path = logPath();
    writeThree(path);
    renameSync(path, `${path}.1`);
    expect(openLog(path).lastSeq()).toBe(3);
    expect(openLog(path).lastSeq()).toBe(3);
  });

  test('passes over a rotated file without events', () => {
    const path = logPath();
    writeThree(path);
    renameSync(path, `${path}.2`);
    writeFileSync(`${path}.1`, '');
    expect(openLog(path).lastSeq()).toBe(3);
  });

  test.each([
    ['half a line', '{"timestamp":"2026'],
    ['a line without its newline', JSON.stringify(sampleEvent(4))],
    ['zero bytes', '\0'.repeat(200_000)],
    ['a broken line, ended', '{"timestamp":\n'],
    ['several of them', '{"a\n\0\0\0\n{"b":'],
  ])('cuts off %s at the end and tells what it was', (_, torn) => {
    const path = logPath();
    const whole = writeThree(path);
    appendFileSync(path, torn);
    const log = openLog(path);
    expect([log.lastSeq(), log.repaired]).toEqual([3, torn]);
    expect(readFileSync(path, 'utf8')).toBe(whole);
  });

  test('cuts off a torn line that is all there is', () => {
    const path = logPath();
    writeFileSync(path, '{"seq":1');
    const log = openLog(path);
    expect([log.lastSeq(), log.repaired, statSync(path).size]).toEqual([0, '{"seq":1', 0]);
  });

  test('cuts a last line at any byte without losing one before it', () => {
    const path = logPath();
    const whole = writeThree(path);
    const third = whole.lastIndexOf('\n', whole.length - 2) + 1;
    for (let length = third; length < whole.length; length += 1) {
      writeFileSync(path, whole.slice(0, length));
      expect(openLog(path).lastSeq()).toBe(2);
      expect(statSync(path).size).toBe(third);
    }
  });

  test('leaves foreign and malformed lines in the middle where they are', () => {
    const path = logPath();
    const whole = writeThree(path);
    const lines = whole.split('\n');
    const mixed = [
      lines[0],
      '{"half',
      '{"foreign":true}',
      '',
      lines[1],
      'garbage',
      lines[2],
      '{"foreign":true}',
      '',
    ].join('\n');
    writeFileSync(path, mixed);
    const log = openLog(path);
    expect([log.lastSeq(), log.repaired]).toEqual([3, null]);
    expect(readFileSync(path, 'utf8')).toBe(mixed);
    expect(seqsIn(path)).toEqual([1, 2, 3]);
  });

  test('finds the last event behind lines longer than its blocks', () => {
    const path = logPath();
    const long: RecordedEvent = {
      ...sampleEvent(2),
      details: { code: 'long', message: 'ü'.repeat(500_000) },
    };
    openLog(path).append([sampleEvent(1), long]);
    appendFileSync(path, `${JSON.stringify({ foreign: 'x'.repeat(300_000) })}\n`);
    expect(openLog(path).lastSeq()).toBe(2);
    expect([...readEvents(path)]).toEqual([sampleEvent(1), long]);
  });

  test.each([
    ['under its first number', (path: string) => renameSync(path, `${path}.1`)],
    [
      'behind others',
      (path: string) => {
        writeFileSync(`${path}.1`, '');
        renameSync(path, `${path}.2`);
      },
    ],
  ])('begins a new file when its own was rotated %s, and says nothing', (_, rotate) => {
    const path = logPath();
    const log = openLog(path);
    log.append(sampleEvents(1, 3));
    rotate(path);
    log.append([sampleEvent(4)]);
    expect(readFileSync(path, 'utf8')).toBe(`${JSON.stringify(sampleEvent(4))}\n`);
    expect(log.mend()).toBeNull();
  });

  describe('what others did to it', () => {
    const four = (): string =>
      sampleEvents(1, 4)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join('');

    test.each([
      ['removed', (path: string) => rmSync(path), 'was deleted or replaced, and written anew'],
      ['emptied', (path: string) => truncateSync(path), 'was cut short, and written anew'],
      [
        'cut inside a line',
        (path: string) => truncateSync(path, 100),
        'was cut short, and written anew',
      ],
      [
        'replaced by other text',
        (path: string) => {
          rmSync(path);
          writeFileSync(path, 'nothing');
        },
        'was deleted or replaced, and written anew',
      ],
      [
        'replaced by a folder',
        (path: string) => {
          rmSync(path);
          mkdirSync(path);
        },
        'was deleted or replaced, and written anew',
      ],
      [
        'edited in place',
        (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replaceAll('1', '7')),
        'was changed, and written anew',
      ],
      [
        'lengthened',
        (path: string) => appendFileSync(path, `${JSON.stringify(sampleEvent(9_999))}\n`),
        'bytes added that are none of ours, and they were taken out',
      ],
    ])('is undone where it was %s', (_, disturb, told) => {
      const path = logPath();
      const log = openLog(path);
      log.append(sampleEvents(1, 3));
      expect(log.mend()).toBeNull();
      disturb(path);
      expect(log.mend()).toContain(told);
      expect(log.mend()).toBeNull();
      log.append([sampleEvent(4)]);
      expect(readFileSync(path, 'utf8')).toBe(four());
      expect(readdirSync(dirname(path))).toEqual(['events.ndjson']);
    });

    test('is undone and told where nobody looked before the next event', () => {
      const path = logPath();
      const log = openLog(path);
      log.append(sampleEvents(1, 3));
      truncateSync(path);
      log.append([sampleEvent(4)]);
      expect(readFileSync(path, 'utf8')).toBe(four());
      expect(log.mend()).toContain('was cut short');
    });

    test('says which events are lost where its writer never had them in memory', () => {
      const path = logPath();
      openLog(path).append(sampleEvents(1, 5));
      const log = openLog(path);
      log.append([sampleEvent(6)]);
      const first = readFileSync(path, 'utf8').indexOf('\n') + 1;
      truncateSync(path, first);
      expect(log.mend()).toBe('was cut short, and written anew; the events 2 to 5 are lost');
      expect(seqsIn(path)).toEqual([1, 6]);
      expect(openLog(path).lastSeq()).toBe(6);
    });

    test('says so where all of it came from a former life', () => {
      const path = logPath();
      openLog(path).append(sampleEvents(1, 5));
      const log = openLog(path);
      truncateSync(path);
      expect(log.mend()).toContain('the events 1 to 5 are lost');
    });

    test('keeps what a former life wrote when the file is removed', () => {
      const path = logPath();
      openLog(path).append(sampleEvents(1, 5));
      const log = openLog(path);
      rmSync(path);
      expect(log.mend()).toBe('was deleted or replaced, and written anew');
      expect(seqsIn(path)).toEqual([1, 2, 3, 4, 5]);
    });

    test('holds at most a megabyte of it in memory, and loses no more than the rest', () => {
      const path = logPath();
      const log = openLog(path);
      for (let seq = 1; seq <= 1_500; seq += 1) {
        log.append([sampleEvent(seq)]);
      }
      truncateSync(path);
      expect(log.mend()).toContain('the events 1 to 500 are lost');
      expect(seqsIn(path)).toHaveLength(1_000);
    });

    test.each([
      ['with numbers of the future', [sampleEvent(9_999)]],
      ['with numbers that were had', [sampleEvent(2)]],
      ['behind events of ours', [sampleEvent(4), sampleEvent(5), sampleEvent(9_999)]],
    ])('is cut off when it is opened, %s', (_, added) => {
      const path = logPath();
      openLog(path).append(sampleEvents(1, 3));
      appendFileSync(path, added.map((event) => `${JSON.stringify(event)}\n`).join(''));
      const log = new NdjsonEventLog({ path, redactor: keepAsIs, knownSeq: 3 });
      const ours = added.length === 3 ? [1, 2, 3, 4, 5] : [1, 2, 3];
      expect([log.lastSeq(), seqsIn(path), log.foreignBytes > 0]).toEqual([
        ours.length,
        ours,
        true,
      ]);
    });
  });

  test('keeps no secret', () => {
    const path = logPath();
    const redactor = {
      redactValue: <Value>(value: Value): Value =>
        JSON.parse(JSON.stringify(value).replaceAll('number', '[REDACTED:test]')),
    };
    new NdjsonEventLog({ path, redactor }).append([sampleEvent(1)]);
    expect(readFileSync(path, 'utf8')).toContain('[REDACTED:test] 1');
  });

  test('refuses a path it cannot write with 155', () => {
    const folder = temporaryFolder();
    expect(() => openLog(folder)).toThrow(
      expect.objectContaining({ code: EXIT.access, message: expect.stringContaining(folder) }),
    );
  });

  test.skipIf(!canMount)(
    'on a full disk: 153, no half line, and it goes on when there is room',
    () => {
      const disk = smallDisk();
      const path = join(disk, 'events.ndjson');
      const log = openLog(path);
      log.append([sampleEvent(1)]);
      fillDisk(disk, 4_096);
      const large: RecordedEvent = {
        ...sampleEvent(3),
        details: { code: 'large', message: 'x'.repeat(30_000) },
      };
      expect(() => log.append([sampleEvent(2), large, sampleEvent(4)])).toThrow(
        expect.objectContaining({
          code: EXIT.resourceExhausted,
          message: expect.stringContaining(path),
        }),
      );
      expect([log.lastSeq(), readFileSync(path, 'utf8').endsWith('}\n')]).toEqual([2, true]);
      rmSync(join(disk, 'ballast'));
      log.append([large]);
      expect([seqsIn(path), openLog(path).repaired]).toEqual([[1, 2, 3], null]);
      expect(readdirSync(disk)).toEqual(['events.ndjson']);
    },
  );
});

describe('InMemoryEventLog', () => {
  keepsTheEventLogContract(() => new InMemoryEventLog());
});
