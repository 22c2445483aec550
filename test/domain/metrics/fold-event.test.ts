import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import { foldEvent } from '../../../src/domain/metrics/fold-event.ts';
import { withFigures } from '../../../src/domain/metrics/with-figures.ts';
import { OUTCOMES, type Outcome } from '../../../src/domain/outcome.ts';
import type { Summary } from '../../../src/domain/summary/summary.ts';
import { parseSummary } from '../../../src/domain/summary/parse-summary.ts';
import { History, type Told } from './history.ts';

function summaryOf({ events }: History): Summary {
  const summary = events.reduce<Summary | null>(foldEvent, null);
  return summary ? withFigures(summary) : expect.fail('nothing was folded');
}

/** Through a file and back, as after a crash. */
function throughDisk(summary: Summary | null): Summary | null {
  return parseSummary(JSON.parse(JSON.stringify(summary)));
}

test('each figure is what a calculation by hand comes to', () => {
  const history = new History().start();
  history.iterate({
    ...{ target: 'api', duration: 100, cost: 1, changes: ['a'], cpu: 50, memory: 200 },
    validation: true,
  });
  history.wait(20).iterate({
    ...{ target: 'web', duration: 200, cost: 3, outcome: 'validation_failed', validation: false },
    ...{ takenBack: true, changes: ['b'], cpu: 20, memory: 400, reason: 'tests failed' },
  });
  history.wait(20).iterate({
    ...{ target: 'api', duration: 60, cost: 2, outcome: 'no_change' },
    findings: { drifted: true, said: 'nothing to do', measures: { prd: { done: 3, total: 4 } } },
    resources: { runner_memory_mb: 60, log_size_mb: 1.5 },
  });
  const summary = summaryOf(history);
  expect(summary).toMatchObject({
    ...{ task: 'mine', total_iterations: 3, successful_iterations: 2, failed_iterations: 1 },
    efficiency: {
      // 3 in 400 s
      ...{ iterations_per_hour: 27, success_rate: 2 / 3, average_duration: 120 },
      // 50 %, then 10 % with weight 0.1; the third was not measured
      resource_utilization: { cpu_percent: 46, memory_mb: 220 },
      // of three, one changed something that stands
      improvement_velocity: 1 / 3,
      cost_per_success: 3,
    },
    progress: { prd_completion_percentage: 75 },
    quality: {
      ...{ validation_pass_rate: 0.5, rollback_frequency: 1 / 3, error_rate: 1 / 3 },
      ...{ drift_coefficient: 1, error_frequency: 1 / 3, regression_count: 0 },
    },
    durations: { min: 60, p50: 100, p90: 100, p95: 100, p99: 100, max: 200 },
    outcomes: { succeeded: 1, validation_failed: 1, no_change: 1 },
    cost: { usd: 6 },
    operational: {
      // 400 s
      ...{ uptime_hours: 0.111, worker_timeouts: 0, worker_timeout_rate: 0, restart_count: 0 },
      ...{ log_size_mb: 1.5, runner_memory_mb: 60, memory_growth_mb_per_hour: null },
    },
    targets: { api: { iterations: 2, succeeded: 2 }, web: { iterations: 1, succeeded: 0 } },
    last_error: { iteration: 2, outcome: 'validation_failed', reason: 'tests failed' },
  });
  expect(summary.recent.map(({ iteration, said }) => [iteration, said])).toEqual([
    [3, 'nothing to do'],
    [2, ''],
    [1, ''],
  ]);
});

test('a gate that fails after it has passed is a regression, once', () => {
  const history = new History().start();
  const gate = (passed: boolean): void => {
    const details = { gate: 'tests', passed, reason: null, tests: null, retried: false };
    history.record('validation', details, { iteration: history.iteration });
  };
  for (const passed of [false, true, false, false, true]) {
    history.begin().wait(1);
    gate(passed);
    history.end();
  }
  expect(summaryOf(history).quality.regression_count).toBe(1);
});

test('restarts are counted, and uptime is that of the last runner', () => {
  const history = new History().start().iterate({ duration: 3600 }).wait(60);
  history.resume().iterate({ duration: 1800 });
  expect(summaryOf(history).operational).toMatchObject({
    ...{ restart_count: 1, restarts_per_day: 1, uptime_hours: 0.5 },
  });
  history.wait(25 * 3600).iterate();
  expect(summaryOf(history).operational.restarts_per_day).toBe(0);
});

test('a runner that grows is told by how much an hour, not before it has lived for one', () => {
  const history = new History().start();
  const grow = (mb: number): History =>
    history.iterate({ duration: 1800, resources: { runner_memory_mb: mb } });
  grow(60);
  grow(90);
  expect(summaryOf(history).operational.memory_growth_mb_per_hour).toBeNull();
  grow(120);
  expect(summaryOf(history).operational.memory_growth_mb_per_hour).toBe(60);
});

test('an iteration that a summary of an older version counted is not counted again', () => {
  const history = new History().start().iterate({ cost: 1 }).iterate({ cost: 2 });
  const { state, ...rest } = summaryOf(history);
  const { metrics: _, ...older } = state;
  const old: Summary = { ...rest, state: older };
  history.iterate({ cost: 4 });
  const summary = history.events.reduce<Summary | null>(foldEvent, old);
  expect(summary).toMatchObject({ total_iterations: 3, cost: { usd: 7 } });
});

test('events of older versions, which tell less, are folded as far as they tell', () => {
  const history = new History().start().iterate();
  const stripped = history.events.map((event): RecordedEvent => {
    const { timestamp, seq, run_id, iteration, duration, exit_code, task } = event;
    const frame = { timestamp, seq, run_id, iteration, duration, exit_code, task };
    const details = { outcome: 'succeeded', target: null, attempts: 1 };
    return JSON.parse(JSON.stringify({ ...frame, event: event.event, details }));
  });
  const summary = stripped.reduce<Summary | null>(foldEvent, null);
  expect(summary).toMatchObject({ total_iterations: 1, recent: [{ said: '' }] });
});

/** What a night may bring, step by step; the clock may jump either way, over a change of summer time, too. */
const outcome = fc.constantFrom<Outcome>(...(Object.keys(OUTCOMES) as Outcome[]));
const step = fc.oneof(
  fc
    .record({
      outcome,
      target: fc.constantFrom(null, 'api', 'web', '12', '__proto__'),
      duration: fc.integer({ min: 0, max: 4000 }),
      cost: fc.option(fc.integer({ min: 0, max: 9 })),
      changes: fc.option(fc.constantFrom([], ['a'])),
      validation: fc.option(fc.boolean()),
      takenBack: fc.boolean(),
      cpu: fc.option(fc.integer({ min: 0, max: 500 })),
      memory: fc.option(fc.integer({ min: 1, max: 5000 })),
      resources: fc.record({ runner_memory_mb: fc.option(fc.integer({ min: 40, max: 900 })) }),
    })
    .map((told: Told) => (history: History) => history.iterate(told)),
  fc.constant((history: History) => history.begin('api').wait(5).resume().end({ target: 'api' })),
  fc.constant((history: History) => history.start()),
  fc
    .integer({ min: -7200, max: 7200 })
    .map((seconds) => (history: History) => history.wait(seconds)),
);

test('kept over crashes and rebuilt from the events, the figures are the same', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      (steps, chance) => {
        const history = new History().start();
        steps.forEach((tell) => tell(history));
        let onDisk: Summary | null = null;
        let kept: Summary | null = null;
        const { events } = history;
        for (const event of events) {
          kept = foldEvent(kept, event);
          const luck = chance.next().value;
          if (luck < 3) {
            onDisk = throughDisk(kept);
          } else if (luck === 9) {
            // The runner dies: what it had not written is folded again by the next one, what it had is not.
            kept = events.slice(0, event.seq).reduce<Summary | null>(foldEvent, onDisk);
          }
        }
        expect(throughDisk(kept && withFigures(kept))).toEqual(throughDisk(summaryOf(history)));
      },
    ),
    { numRuns: 150 },
  );
});

test('no history makes the summary grow beyond its bounds', () => {
  const history = new History().start();
  for (let index = 0; index < 700; index += 1) {
    history.iterate({
      target: `target-${index}`,
      duration: index,
      findings: { said: 'x'.repeat(1200) },
    });
  }
  expect(JSON.stringify(summaryOf(history)).length).toBeLessThan(300_000);
});
