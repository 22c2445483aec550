import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventName, RecordedEvent } from '../../src/domain/event.ts';
import { readEvents } from '../../src/stores/read-events.ts';
import { scanEvents } from '../../src/stores/scan-events.ts';
import { sampleEvent } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const NAMES: readonly EventName[] = ['warning', 'error', 'iteration_end', 'wait_start'];

const line = (seq: number, facts: object = {}): string =>
  `${JSON.stringify({ ...sampleEvent(seq), ...facts })}\n`;

const seqs = (events: Iterable<RecordedEvent>): number[] => [...events].map(({ seq }) => seq);

/** What reading all of it finds, newest first. */
const readWhole = (path: string, names: readonly EventName[]): number[] =>
  seqs([...readEvents(path)].filter(({ event }) => names.includes(event))).toReversed();

test('finds what reading all of it finds, newest first, in every generation', () => {
  const histories = fc.record({
    events: fc.array(
      fc.record({
        name: fc.constantFrom(...NAMES),
        // Some longer than a first block, some that quote what is looked for.
        message: fc.oneof(
          fc.constantFrom('"iteration_end"', '{"event":"error"}', 'ä€😀', ''),
          fc.integer({ min: 0, max: 300_000 }).map((length) => 'x'.repeat(length)),
        ),
        before: fc.constantFrom('', '', '', 'garbage\n', '\n', '{"event":"iteration_end"}\n'),
      }),
      { maxLength: 60 },
    ),
    rotateAt: fc.uniqueArray(fc.integer({ min: 1, max: 59 }), { maxLength: 3 }),
    names: fc.subarray([...NAMES], { minLength: 1 }),
    torn: fc.boolean(),
  });
  fc.assert(
    fc.property(histories, ({ events, rotateAt, names, torn }) => {
      const path = join(temporaryFolder(), 'events.ndjson');
      writeFileSync(path, '');
      events.forEach(({ name, message, before }, index) => {
        if (rotateAt.includes(index)) {
          rotate(path);
        }
        const details = { code: 1, message };
        appendFileSync(path, `${before}${line(index + 1, { event: name, details })}`);
      });
      appendFileSync(path, torn ? line(99, { event: 'iteration_end' }).slice(0, -1) : '');
      expect(seqs(scanEvents(path, { names }))).toEqual(readWhole(path, names));
    }),
    { numRuns: 60 },
  );
});

test('reads nothing where nothing is', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  expect(seqs(scanEvents(path, { names: ['warning'] }))).toEqual([]);
});

test('finds events whose JSON another program has set with spaces', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  writeFileSync(path, JSON.stringify(sampleEvent(1), null, 1).replaceAll('\n', ' ') + '\n');
  expect(seqs(scanEvents(path, { names: ['warning'] }))).toEqual([1]);
});

test('keeps to the moments asked for, both included', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const at = (hour: number): string => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
  writeFileSync(path, [1, 2, 3, 4, 5].map((seq) => line(seq, { timestamp: at(seq) })).join(''));
  const within = (since: number | null, until: number | null): number[] =>
    seqs(
      scanEvents(path, {
        names: ['warning'],
        since: since === null ? null : Date.parse(at(since)),
        until: until === null ? null : Date.parse(at(until)),
      }),
    );
  expect(within(2, 4)).toEqual([4, 3, 2]);
  expect(within(4, null)).toEqual([5, 4]);
  expect(within(null, 2)).toEqual([2, 1]);
});

test('finds what was recorded before the clock was set back', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const moments = ['2026-03-01T10:00:00Z', '2026-03-01T08:00:00Z', '2026-03-01T10:30:00Z'];
  writeFileSync(path, moments.map((timestamp, at) => line(at + 1, { timestamp })).join(''));
  const since = Date.parse('2026-03-01T09:00:00Z');
  expect(seqs(scanEvents(path, { names: ['warning'], since }))).toEqual([3, 1]);
});

function rotate(path: string): void {
  for (const generation of [3, 2, 1]) {
    try {
      renameSync(generation === 1 ? path : `${path}.${generation - 1}`, `${path}.${generation}`);
    } catch {
      // There are fewer of them.
    }
  }
  writeFileSync(path, '');
}
