import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { foldEvent } from '../../src/domain/metrics/fold-event.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';
import { historyEvents } from '../bench/history-events.ts';
import { useCommand } from './use-command.ts';

const TASK = { task: 'prompt' };

/** 3,000 events of some weeks, over three generations. */
function history(): {
  cwd: string;
  events: RecordedEvent[];
  ends: RecordedEvent<'iteration_end'>[];
} {
  const cwd = mkdtempSync(join(tmpdir(), 'autoloop-windows-'));
  const directory = join(cwd, 'data', 'prompt');
  mkdirSync(directory, { recursive: true });
  const made = historyEvents('windows');
  const events = Array.from({ length: 3_000 }, (): RecordedEvent => made.next().value);
  for (const [index, name] of ['.2', '.1', ''].entries()) {
    const lines = events.slice(index * 1_000, (index + 1) * 1_000);
    const text = lines.map((event) => `${JSON.stringify(event)}\n`).join('');
    writeFileSync(join(directory, `events.ndjson${name}`), text);
  }
  return { cwd, events, ends: events.filter(isEnd) };
}

describe('json within a window', () => {
  const { cwd, events, ends } = history();
  const since = ends[100]?.timestamp ?? '';
  const until = ends[200]?.timestamp ?? '';
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  async function view(args: readonly string[], options: Record<string, string>) {
    const { code, out, notices } = await useCommand('json', { cwd, globals: TASK, args, options });
    expect(code, notices).toBe(0);
    return JSON.parse(out);
  }

  const windows: [string, Record<string, string>, RecordedEvent<'iteration_end'>[]][] = [
    ['since a moment', { since }, ends.slice(100)],
    ['until a moment', { until }, ends.slice(0, 201)],
    ['between two', { since, until }, ends.slice(100, 201)],
    ['of the last iterations', { last: '25' }, ends.slice(-25)],
    ['of the last ones until a moment', { last: '25', until }, ends.slice(176, 201)],
    ['of more than there are', { last: '100000' }, ends],
  ];

  it.each(windows)('counts only what ended in it: %s', async (_, options, wanted) => {
    const days = await view(['daily'], options);
    expect(sum(days, 'count')).toBe(wanted.length);
    expect(days.map(({ day }: { day: string }) => day)).toEqual(
      [...new Set(wanted.map(({ timestamp }) => timestamp.slice(0, 10)))].toSorted(),
    );
    expect(sum(await view(['hourly'], options), 'count')).toBe(wanted.length);
    const durations = wanted.map(({ duration }) => duration ?? 0);
    expect(await view(['durations'], options)).toMatchObject({
      count: wanted.length,
      min: Math.min(...durations),
      max: Math.max(...durations),
    });
    const bad = wanted.filter(({ exit_code: code }) => code !== 0);
    expect(sum(await view(['error-breakdown'], options), 'count')).toBe(bad.length);
    const numbers = bad.map(({ iteration }) => iteration).toReversed();
    expect(iterations(await view(['errors'], options))).toEqual(numbers);
    expect(iterations(await view(['errors', '3'], options))).toEqual(numbers.slice(0, 3));
    expect((await view(['summary'], options)).total_iterations).toBe(wanted.length);
  });

  it('lists all iterations in it, or as many as asked for', async () => {
    const wanted = ends.slice(100, 201).map(({ iteration }) => iteration);
    expect(iterations(await view(['recent'], { since, until }))).toEqual(wanted.toReversed());
    expect(iterations(await view(['recent', '2'], { until }))).toEqual([201, 200]);
    expect(await view(['recent'], { last: '30' })).toHaveLength(30);
  });

  it('tells of a failure all that its events tell, also from an older generation', async () => {
    const first = ends.find(({ exit_code: code }) => code !== 0);
    const failures = await view(['errors'], { until: first?.timestamp ?? '' });
    const started = events.find(
      ({ event, iteration }) => event === 'iteration_start' && iteration === first?.iteration,
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({
      iteration: first?.iteration,
      started_at: started?.timestamp,
      reason: `it ended as ${first?.details.outcome}`,
    });
  });

  it('makes the summary that a loop of only these events would have', async () => {
    const from = ends[99]?.seq ?? 0;
    const to = ends[200]?.seq ?? 0;
    const expected = events
      .filter(({ seq }) => seq > from && seq <= to)
      .reduce<Summary | null>(foldEvent, null);
    expect(await view(['summary'], { since, until })).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('is empty where nothing ended in it', async () => {
    const options = { since: '2031-01-01' };
    expect(await view(['daily'], options)).toEqual([]);
    expect(await view(['durations'], options)).toMatchObject({ count: 0, p50: null });
    expect(await view(['summary'], options)).toMatchObject({ total_iterations: 0 });
  });

  it.each([
    [['daily'], { since: 'soon' }, 150, /--since is "soon"/],
    [['daily'], { until: 'never' }, 150, /--until is "never"/],
    [['daily'], { last: '0' }, 150, /--last is "0"/],
    [['recent'], { since: '2026-02-01', until: '2026-01-01' }, 150, /is before --since/],
    [['inflight'], { last: '3' }, 2, /what is going on now/],
  ] as const)('refuses what makes no sense: %j %j', async (args, options, expected, words) => {
    const { code, notices } = await useCommand('json', { cwd, globals: TASK, args, options });
    expect(code).toBe(expected);
    expect(notices).toMatch(words);
  });
});

function isEnd(event: RecordedEvent): event is RecordedEvent<'iteration_end'> {
  return event.event === 'iteration_end';
}

function sum(rows: readonly Record<string, number>[], field: string): number {
  return rows.reduce((total, row) => total + (row[field] ?? 0), 0);
}

function iterations(records: readonly { readonly iteration: number }[]): number[] {
  return records.map(({ iteration }) => iteration);
}
