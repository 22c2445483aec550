import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { parseEventLine } from '../../src/stores/recorded-event.ts';
import { findEnds } from '../../src/stores/scan-ends.ts';
import { historyEvents } from '../bench/history-events.ts';
import { sampleEvent } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const END = { ...sampleEvent(1), event: 'iteration_end', iteration: 7, exit_code: 151 };
const DETAILS = { outcome: 'failed', target: null, said: 'He said "outcome":"succeeded".' };

const ends = (lines: readonly string[]) => {
  const path = join(temporaryFolder(), 'events.ndjson');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return [...findEnds(path, {})].map(({ found }) => found);
};

/** As a parser of all of it reads it. */
const parsed = (line: string) => {
  const event = parseEventLine(line);
  const { timestamp, iteration, duration, exit_code, details } = event ?? END;
  return { timestamp, iteration, duration, exit_code, outcome: Object(details).outcome, line };
};

test.each([
  ['as the runner writes it', { duration: 1.25, details: DETAILS }],
  ['without a duration or a code', { exit_code: null, details: DETAILS }],
  ['of a task with a name that JSON escapes', { task: 'a "task" \\ ü', details: DETAILS }],
  ['of a run with such a name', { run_id: '"},"seq":9', details: DETAILS }],
  ['with a tiny duration', { duration: 1e-9, details: DETAILS }],
  ['that ended by a signal', { exit_code: -1, details: DETAILS }],
  ['whose outcome stands last', { details: { target: 'x', outcome: 'timed_out' } }],
  ['whose outcome this version does not know', { details: { outcome: 'abducted' } }],
])('reads of an end the same figures as a parser does: %s', (_, change) => {
  for (const space of [0, 1]) {
    const line = JSON.stringify({ ...END, ...change }, null, space).replaceAll('\n', ' ');
    expect(ends([line])).toEqual([expect.objectContaining(parsed(line))]);
  }
});

test('reads them of a long history, newest first', () => {
  const events = historyEvents('ends');
  const lines = Array.from({ length: 2_000 }, () => JSON.stringify(events.next().value));
  const expected = lines.filter((line) => line.includes('"event":"iteration_end"')).map(parsed);
  expect(ends(lines)).toEqual(expected.toReversed());
});

test.each([
  ['torn at its end', (line: string) => line.slice(0, -9)],
  ['torn at its beginning', (line: string) => line.slice(9)],
  [
    'of another event, that only speaks of one',
    (line: string) => line.replace('iteration_end', 'warning'),
  ],
])('passes over a line %s', (_, broken) => {
  const line = JSON.stringify({ ...END, details: { ...DETAILS, of: 'iteration_end' } });
  expect(ends([broken(line), line])).toHaveLength(1);
});

test('tells what was recorded before an end, back into older generations', () => {
  const path = join(temporaryFolder(), 'events.ndjson');
  const line = (seq: number, event: string): string =>
    `${JSON.stringify({ ...END, event, seq, details: DETAILS })}\n`;
  writeFileSync(`${path}.1`, `${line(1, 'iteration_start')}${line(2, 'worker_start')}`);
  writeFileSync(
    path,
    `${line(3, 'worker_end')}garbage\n${line(4, 'iteration_end')}${line(5, 'rotate')}`,
  );
  const seqs = (events: Iterable<RecordedEvent>): number[] => [...events].map(({ seq }) => seq);
  for (const { before } of findEnds(path, {})) {
    expect(seqs(before())).toEqual([3, 2, 1]);
  }
  expect.assertions(1);
});
