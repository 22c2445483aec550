import { describe, expect, it } from 'vitest';
import { ToldEvents } from './told-events.ts';

describe('the figures of a report', () => {
  it('count each outcome in its group, and rate as the summary does', () => {
    const { figures, outcomes } = new ToldEvents()
      .iterations(3, { outcome: 'succeeded' })
      .iterations(1, { outcome: 'no_change' })
      .iterations(1, { outcome: 'timed_out' })
      .iterations(2, { outcome: 'usage_limited' })
      .iterations(1, { outcome: 'killed' })
      .report();
    expect(figures).toMatchObject({
      ...{ iterations: 8, succeeded: 3, no_change: 1, failed: 1, hindered: 2, stopped: 1 },
      success_rate: 0.5,
    });
    expect(outcomes[0]).toMatchObject({ outcome: 'succeeded', count: 3, group: 'succeeded' });
  });

  it('divide all that was paid by what succeeded, failures included', () => {
    const { figures } = new ToldEvents()
      .iterations(2, { outcome: 'succeeded', cost: 0.5 })
      .iterations(1, { outcome: 'failed', cost: 1 })
      .iterations(1, { outcome: 'succeeded', cost: null })
      .report();
    expect(figures).toMatchObject({ cost_usd: 2, cost_known_of: 3, cost_per_success: 0.666667 });
  });

  it('take percentiles of work only, each a duration that was measured', () => {
    const told = new ToldEvents();
    [10, 20, 30, 40].forEach((duration) => told.iteration({ outcome: 'succeeded', duration }));
    told.iteration({ outcome: 'usage_limited', duration: 9_000 });
    expect(told.report().figures.duration).toEqual({ avg: 25, p50: 20, p90: 30, p99: 30, max: 40 });
  });

  it('are null where nobody told anything', () => {
    const { figures, buckets, from } = new ToldEvents().report();
    expect(figures).toMatchObject({ iterations: 0, success_rate: null, cost_per_success: null });
    expect([from, buckets.rows]).toEqual([null, []]);
  });

  it('count an outcome of another version as a failure', () => {
    expect(new ToldEvents().iteration({ outcome: 'melted' }).report().figures.failed).toBe(1);
  });

  it('come from events of a version that told less', () => {
    const details = { outcome: 'succeeded', target: null, attempts: 1 };
    const { figures } = new ToldEvents().add('iteration_end', details).report();
    expect(figures).toMatchObject({ succeeded: 1, cost_usd: null, tokens: null, drifted: null });
  });
});

describe('the buckets of a report', () => {
  it('hold every iteration once', () => {
    const { rows } = new ToldEvents()
      .iterations(500, { outcome: 'succeeded', cost: 0.1 })
      .report().buckets;
    expect(rows.reduce((sum, { iterations }) => sum + iterations, 0)).toBe(500);
    expect(rows.reduce((sum, { cost_usd }) => sum + (cost_usd ?? 0), 0)).toBeCloseTo(50);
  });

  it('are at most a hundred, of one length, however long the history', () => {
    const { step, rows } = new ToldEvents()
      .iterations(20_000, { outcome: 'succeeded' })
      .report().buckets;
    expect(rows.length).toBeLessThanOrEqual(100);
    const starts = rows.map(({ at }) => Date.parse(at) / 1000);
    expect(new Set(starts.slice(1).map((start, at) => start - (starts[at] ?? 0)))).toEqual(
      new Set([step]),
    );
  });

  it('are few where iterations are few', () => {
    expect(
      new ToldEvents().iterations(3, { outcome: 'failed' }).report().buckets.rows.length,
    ).toBeLessThanOrEqual(10);
  });
});

describe('the targets of a report', () => {
  it('are those worked on most, with their last outcomes and how far they are', () => {
    const [first, second] = new ToldEvents()
      .iterations(1, { outcome: 'succeeded', target: 'rare' })
      .iterations(2, { outcome: 'failed', target: 'often', cost: 1 })
      .iterations(2, { outcome: 'succeeded', target: 'often', prd: { done: 1, total: 4 } })
      .report().targets;
    expect(first).toMatchObject({
      ...{ target: 'often', iterations: 4, succeeded: 2, cost_usd: 2, cost_per_success: 1 },
      ...{ completion: 0.25, stability: 0.5, last_outcome: 'succeeded', last_iteration: 5 },
      last: ['failed', 'failed', 'succeeded', 'succeeded'],
    });
    expect(second?.target).toBe('rare');
  });

  it('say which is left out, until it succeeds again', () => {
    const leftOut = {
      code: 'target_quarantined',
      message: '',
      target: 'a',
      reason: 'failed 5 times',
    };
    const told = new ToldEvents().iteration({ outcome: 'failed' }).add('warning', leftOut);
    expect(told.report().targets[0]?.left_out).toEqual({ reason: 'failed 5 times', until: null });
    expect(told.iteration({ outcome: 'succeeded' }).report().targets[0]?.left_out).toBeNull();
  });

  it('are listed up to a bound, and how many more there were', () => {
    const told = new ToldEvents();
    Array.from({ length: 60 }, (_, at) => told.iteration({ outcome: 'failed', target: `t${at}` }));
    const { targets, more_targets: more } = told.report();
    expect([targets.length, more]).toEqual([50, 10]);
  });
});

describe('what is done of what is required', () => {
  it('goes from what was measured first to what was measured last, where targets are items of one PRD', () => {
    const { completion, targets } = new ToldEvents()
      .iteration({ outcome: 'succeeded', target: 'a', prd: { done: 1, total: 4 } })
      .iteration({ outcome: 'succeeded', target: 'b', prd: { done: 2, total: 4 } })
      .iteration({ outcome: 'succeeded', target: 'c', prd: { done: 4, total: 4 } })
      .report();
    expect(completion).toEqual({ first: 0.25, last: 1 });
    expect(targets.map((target) => target.completion)).toEqual([null, null, null]);
  });

  it('is the mean of all targets, where each has a PRD of its own', () => {
    const told = new ToldEvents();
    [1, 2, 3].forEach((done) => {
      told.iteration({ outcome: 'succeeded', target: 'a', prd: { done, total: 10 } });
      told.iteration({ outcome: 'succeeded', target: 'b', prd: { done: done + 6, total: 10 } });
    });
    const { completion, targets } = told.report();
    expect(completion).toEqual({ first: 0.4, last: 0.6 });
    expect(targets.map((target) => target.completion)).toEqual([0.3, 0.9]);
  });
});

describe('the errors of a report', () => {
  it('count the same error as one, whatever its numbers, and tell what to do', () => {
    const { errors } = new ToldEvents()
      .iteration({ outcome: 'failed', reason: 'cannot read /tmp/x1/a (ENOENT)', target: 'a' })
      .iteration({ outcome: 'failed', reason: 'cannot read /tmp/x2/b (ENOENT)', target: 'b' })
      .iteration({ outcome: 'timed_out', reason: 'longer than 1800 s' })
      .report();
    expect(errors).toHaveLength(2);
    expect(errors[0]).toMatchObject({ count: 2, share: 0.666667, targets: ['a', 'b'] });
    expect(errors[1]?.advice).toContain('--timeout');
  });

  it('name the gate that the work did not pass', () => {
    const verdict = {
      gate: 'tests',
      passed: false,
      reason: 'exit code 1',
      tests: null,
      retried: false,
    };
    const { errors } = new ToldEvents()
      .add('validation', verdict)
      .add('iteration_end', { outcome: 'validation_failed', target: null, attempts: 1 })
      .report();
    expect(errors[0]?.reason).toBe('gate tests: exit code 1');
  });

  it('never take the reason of one iteration for another', () => {
    const { errors } = new ToldEvents()
      .iteration({ outcome: 'succeeded', reason: 'of the first' })
      .add('iteration_end', { outcome: 'selection_failed', target: null, attempts: 0 })
      .report();
    expect(errors[0]?.reason).toBe('selection_failed');
  });

  it('are counted by outcome once they are too many kinds', () => {
    const told = new ToldEvents();
    const word = (at: number): string =>
      String(at).replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    Array.from({ length: 1_200 }, (_, at) =>
      told.iteration({ outcome: 'failed', reason: word(at) }),
    );
    const { errors, more_errors: more } = told.report();
    expect(errors[0]?.count).toBe(200);
    expect(errors.length + more).toBe(1_001);
  });
});

describe('the anomalies of a report', () => {
  const notice = (state: string, kind = 'success_drop'): object => ({
    ...{ kind, state, level: 'warning', value: 0.5, limit: 0.7 },
    ...{ message: 'success fell', advice: state === 'raised' ? 'look at it' : '' },
  });

  it('stand until they are cleared, and are counted', () => {
    const told = new ToldEvents().iteration({ outcome: 'failed' });
    told.add('anomaly', notice('raised'));
    expect(told.report().anomalies[0]).toMatchObject({ cleared_at: null, times: 1 });
    told.iteration({ outcome: 'succeeded' }).add('anomaly', notice('cleared'));
    told.add('anomaly', notice('raised')).add('anomaly', notice('cleared'));
    const [anomaly] = told.report().anomalies;
    expect(anomaly).toMatchObject({ times: 2, message: 'success fell' });
    expect(anomaly?.cleared_at).not.toBeNull();
  });

  it('that were over before the time reported are left out, those that stand are not', () => {
    const told = new ToldEvents().iteration({ outcome: 'failed' });
    told.add('anomaly', notice('raised')).add('anomaly', notice('cleared'));
    told.add('anomaly', notice('raised', 'same_error'));
    const kinds = told.report('2026-11-24T00:00:00.000Z').anomalies.map(({ kind }) => kind);
    expect(kinds).toEqual(['same_error']);
  });
});

it('the last that agents said is told newest first', () => {
  const told = new ToldEvents();
  Array.from({ length: 12 }, (_, at) =>
    told.iteration({ outcome: 'succeeded', said: `did ${at}` }),
  );
  const { summaries } = told.report();
  expect(summaries.map(({ said }) => said).slice(0, 2)).toEqual(['did 11', 'did 10']);
  expect(summaries).toHaveLength(8);
});
