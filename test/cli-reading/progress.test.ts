import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress/progress-line.ts';
import { statusLines } from '../../src/cli/progress/status-lines.ts';
import { paintFor } from '../../src/cli/tables/paint.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { neverRun } from '../../src/runner/never-run.ts';

const SINCE = '2026-11-23T10:00:00.000Z';

const JUDGING: LoopStatus = {
  ...neverRun({ loop: 'fix', task: 'fix', dataDirectory: '/data/fix' }, 1),
  ...{ state: 'summarizing.validating', iteration: 3, target: 'api' },
  validation: { gate: 'unit tests', number: 2, of: 3, failed: 1, since: SINCE },
};

test('the live view tells which gate is run, for how long, and how those before it went', () => {
  const now = Date.parse(SINCE) + 72_000;
  expect(statusLines(JUDGING, { now, said: null })).toEqual([
    expect.stringMatching(/^● fix judges what the worker did · iteration 3 .* · api/),
    '  gate unit tests (2 of 3), 1 not passed │ 1:12',
  ]);
});

test('the status of a runner of an older version, which tells of no gate, is shown, too', () => {
  const { validation: _, ...older } = JUDGING;
  const status = older as LoopStatus;
  expect(statusLines(status, { now: 0, said: null })[1]).toBe('  …');
});

test.each([
  [{ passed: true, reason: null, retried: false }, '✓ gate tests: passed, 3s'],
  [{ passed: true, reason: null, retried: true }, '✓ gate tests: passed the second time, 3s'],
  [{ passed: false, reason: 'exit code 1', retried: true }, '✗ gate tests: exit code 1, twice, 3s'],
  [{ passed: false, reason: 'a\u001B[2J\nb', retried: false }, '✗ gate tests: a[2J b, 3s'],
])('a verdict %j is told in a line', (verdict, line) => {
  expect(lineOf('validation', { gate: 'tests', tests: null, ...verdict })).toMatch(
    new RegExp(` ${line.replaceAll(/[[\]]/g, '\\$&')}$`),
  );
});

test('what became of the work is told in a line', () => {
  expect(lineOf('checkpoint', { commit: '0123456789abcdef' })).toMatch(/as 0123456789$/);
  const ref = 'refs/autoloop/discarded/3';
  expect(lineOf('rollback', { ref })).toMatch(/ work taken back: git show refs\/autoloop\/d.*\/3$/);
});

function lineOf<Name extends 'validation' | 'checkpoint' | 'rollback'>(
  event: Name,
  details: RecordedEvent<Name>['details'],
): string | null {
  const place = { timestamp: SINCE, iteration: 3, task: 'fix', seq: 1, run_id: 'r' };
  const recorded = { ...place, event, details, duration: 3, exit_code: null };
  return progressLine(recorded, { isLive: true, paint: paintFor({ hasColor: false }) });
}
