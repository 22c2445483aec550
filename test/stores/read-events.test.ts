import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEvents } from '../../src/stores/read-events.ts';
import { sampleEvent, sampleEvents } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const linesOf = (first: number, last: number): string =>
  sampleEvents(first, last)
    .map((event) => `${JSON.stringify(event)}\n`)
    .join('');

/** Events 1–3 in `.2`, 4–6 in `.1`, 7–9 in the file itself. */
const threeGenerations = (): string => {
  const path = join(temporaryFolder(), 'events.ndjson');
  writeFileSync(`${path}.2`, linesOf(1, 3));
  writeFileSync(`${path}.1`, linesOf(4, 6));
  writeFileSync(path, linesOf(7, 9));
  return path;
};

const seqs = (events: Iterable<{ seq: number }>): number[] => [...events].map(({ seq }) => seq);

test('reads nothing where nothing is', () => {
  expect(seqs(readEvents(join(temporaryFolder(), 'events.ndjson')))).toEqual([]);
});

test('reads all kept events, oldest first', () => {
  expect(seqs(readEvents(threeGenerations()))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test.each([1, 3, 4, 6, 7, 9, 10])('reads from number %i on', (from) => {
  const all = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(seqs(readEvents(threeGenerations(), { from }))).toEqual(all.filter((seq) => seq >= from));
});

test('passes over malformed lines and one that is still being written', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  writeFileSync(path, `${linesOf(1, 1)}garbage\n\n{"seq":"two"}\n${linesOf(2, 2)}`);
  appendFileSync(path, JSON.stringify(sampleEvent(3)));
  expect(seqs(readEvents(path))).toEqual([1, 2]);
});

test('a rotation while it reads hides nothing and shows nothing twice', () => {
  const path = threeGenerations();
  const events = readEvents(path);
  events.next();
  renameSync(`${path}.2`, `${path}.3`);
  renameSync(`${path}.1`, `${path}.2`);
  renameSync(path, `${path}.1`);
  writeFileSync(path, linesOf(10, 10));
  expect(seqs(events)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a gap in the numbers of the files, as in the middle of a rotation, ends nothing', () => {
  const path = threeGenerations();
  renameSync(`${path}.2`, `${path}.3`);
  renameSync(`${path}.1`, `${path}.2`);
  expect(seqs(readEvents(path))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
