import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { eventsAfter } from '../../src/stores/events-after.ts';

const folder = mkdtempSync(join(tmpdir(), 'autoloop-after-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function line(seq: number): string {
  const frame = {
    event: 'warning',
    iteration: null,
    task: 'mine',
    duration: null,
    exit_code: null,
  };
  const details = { code: 'x', message: 'é'.repeat(seq % 40) };
  const timestamp = '2026-03-29T00:30:00.000Z';
  return `${JSON.stringify({ timestamp, ...frame, details, seq, run_id: 'r1' })}\n`;
}

function lines(from: number, to: number): string {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => line(from + index)).join(
    '',
  );
}

function numbersAfter(path: string, seq: number): number[] {
  return [...eventsAfter(path, seq)].map((event) => event.seq);
}

test('where there is no log there is no event', () => {
  expect(numbersAfter(join(folder, 'none.ndjson'), 0)).toEqual([]);
});

test('finds the same events wherever the log was rotated, and whatever was written between them', () => {
  let run = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 70 }),
      fc.constantFrom('', 'not json\n', '{"seq": 3}\n', '{"torn'),
      (first, second, after, noise) => {
        run += 1;
        const path = join(folder, `${run}.ndjson`);
        const [a, b] = [Math.min(first, second), Math.max(first, second)];
        writeFileSync(`${path}.2`, lines(1, a));
        writeFileSync(`${path}.1`, lines(a + 1, b));
        writeFileSync(path, `${lines(b + 1, 60)}${noise}`);
        const expected = Array.from({ length: 60 }, (_, index) => index + 1);
        expect(numbersAfter(path, after)).toEqual(expected.filter((seq) => seq > after));
      },
    ),
    { numRuns: 200 },
  );
});
