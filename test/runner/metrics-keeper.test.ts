import { appendFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { EventDraft, RecordedEvent } from '../../src/domain/event.ts';
import { MetricsKeeper } from '../../src/runner/metrics-keeper.ts';
import { History, times } from '../domain/metrics/history.ts';
import { InMemorySummaryStore } from '../fakes/in-memory-summary-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'autoloop-keeper-'));
const path = join(folder, 'events.ndjson');
afterEach(() => rmSync(path, { force: true }));

function keeping(summaries: InMemorySummaryStore): { keeper: MetricsKeeper; due: EventDraft[] } {
  const due: EventDraft[] = [];
  const recordAfter = (draft: EventDraft): void => void due.push(draft);
  return { keeper: new MetricsKeeper({ summaries, events: path, recordAfter }), due };
}

function write(events: readonly RecordedEvent[]): void {
  appendFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

test('counts first what a dead runner recorded and did not count', () => {
  const summaries = new InMemorySummaryStore();
  const history = new History().start().iterate({ cost: 1 });
  const first = keeping(summaries);
  write(history.events);
  history.events.forEach((event) => first.keeper.observe(event));
  const counted = history.events.length;
  history.iterate({ cost: 2 }).iterate({ cost: 4 });
  write(history.events.slice(counted));
  history.resume();
  write(history.events.slice(-1));
  const second = keeping(summaries);
  history.events.slice(-1).forEach((event) => second.keeper.observe(event));
  expect(second.keeper.summary).toMatchObject({
    ...{ total_iterations: 3, cost: { usd: 7 } },
    operational: { restart_count: 1 },
  });
  expect(summaries.readMetrics()).toMatchObject({ total_iterations: 3 });
  expect(summaries.readText()).toContain('3 iterations so far');
});

test('counts what it missed also where the log was rotated meanwhile', () => {
  const summaries = new InMemorySummaryStore();
  const history = new History().start().iterate();
  const first = keeping(summaries);
  write(history.events);
  history.events.forEach((event) => first.keeper.observe(event));
  const counted = history.events.length;
  history.iterate().iterate();
  write(history.events.slice(counted));
  renameSync(path, `${path}.1`);
  history.iterate().resume();
  write(history.events.slice(-5));
  const second = keeping(summaries);
  history.events.slice(-1).forEach((event) => second.keeper.observe(event));
  expect(second.keeper.summary?.total_iterations).toBe(4);
  rmSync(`${path}.1`);
});

test('begins with all kept events where there is no summary', () => {
  const history = new History().start();
  times(5, (told) => void told.iterate())(history);
  write(history.events);
  const { keeper } = keeping(new InMemorySummaryStore());
  history.events.slice(-1).forEach((event) => keeper.observe(event));
  expect(keeper.summary?.total_iterations).toBe(5);
});

test('hands a notice over that its runner died before recording, once', () => {
  const history = new History().start();
  times(3, (told) => void told.iterate({ outcome: 'failed', reason: 'no such file' }))(history);
  write(history.events);
  history.resume();
  const resumed = history.events.slice(-1);
  write(resumed);
  const { keeper, due } = keeping(new InMemorySummaryStore());
  resumed.forEach((event) => keeper.observe(event));
  expect(due).toMatchObject([{ type: 'anomaly', details: { kind: 'same_error' } }]);
  due.forEach((draft) => draft.type === 'anomaly' && history.record('anomaly', draft.details));
  history.events.slice(-1).forEach((event) => keeper.observe(event));
  history.begin();
  history.events.slice(-1).forEach((event) => keeper.observe(event));
  expect(due).toHaveLength(1);
});

test('an event that is told twice is counted once', () => {
  const history = new History().start().iterate();
  write(history.events);
  const { keeper } = keeping(new InMemorySummaryStore());
  [...history.events, ...history.events].forEach((event) => keeper.observe(event));
  expect(keeper.summary?.total_iterations).toBe(1);
});
