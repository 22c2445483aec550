import { describe, expect, it } from 'vitest';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { Completion } from '../../src/domain/completion.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { policy as base } from './loop-model.ts';
import { SimulatedLoop, type Fate } from './simulated-loop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function fate(outcome: Outcome, facts: Partial<AttemptEnd> = {}): Fate {
  return { outcome, facts };
}

const times = (count: number, one: Fate): Fate[] => Array(count).fill(one);

function policy(change: Partial<LoopPolicy>): LoopPolicy {
  return { ...base, maxIterations: 0, maxFailures: 0, ...change };
}

function loop(change: Partial<LoopPolicy>, ...fates: readonly Fate[]): SimulatedLoop {
  return new SimulatedLoop(policy(change), fates);
}

function nextWait(played: SimulatedLoop) {
  played.playTo('running');
  played.playTo('waiting');
  const { wait } = played.context;
  return { state: played.state, ms: (wait?.untilEpochMs ?? 0) - (wait?.sinceEpochMs ?? 0) };
}

describe('a cap', () => {
  const dollar = fate('succeeded', { costUsd: 1 });

  it('of cost ends the run with 158 and its name, once it is reached', () => {
    const played = loop({ maxCostUsd: 2.5 }, ...times(9, dollar));
    played.play();
    expect(played.attempts).toHaveLength(3);
    expect(played.context.ending).toEqual({
      ...{ reason: 'max_cost', exitCode: 158, fix: null },
      message: 'the run has cost $3.00, $2.50 are allowed (--max-cost)',
    });
  });

  it('of cost says so where it cannot see what an attempt has cost', () => {
    const tokens = { in: 600, out: 500, cached: 0 };
    const unseen = [fate('timed_out', { costUsd: null, tokens }), fate('interrupted'), dollar];
    const played = loop({ maxCostUsd: 9, maxIterations: 2 }, ...unseen);
    played.play();
    const warnings = played.recorded.filter(({ type }) => type === 'warning');
    expect(warnings).toMatchObject([{ iteration: 1, details: { code: 'cost_unknown' } }]);
  });

  it('of cost is reserved: each attempt is told what is left for it', () => {
    const played = loop({ maxCostUsd: 2.5, maxTokens: 100 }, ...times(9, dollar));
    const budgets: unknown[] = [];
    for (let iteration = 0; iteration < 3; iteration += 1) {
      played.playTo('prompting');
      budgets.push(played.input('composePrompt'));
      played.playTo('summarizing');
    }
    expect(budgets).toMatchObject([
      { budget: { costUsd: 2.5, tokens: 100 } },
      { budget: { costUsd: 1.5, tokens: 100 } },
      { budget: { costUsd: 0.5, tokens: 100 } },
    ]);
  });

  it('is kept within an iteration: no new attempt begins beyond it', () => {
    const dear = fate('network_failed', { costUsd: 3 });
    const played = loop({ maxCostUsd: 2, maxRetries: 9 }, ...times(9, dear));
    played.play();
    expect(played.attempts).toHaveLength(1);
    expect(played.context.ending?.reason).toBe('max_cost');
  });

  it('of tokens counts in and out', () => {
    const tokens = { in: 600, out: 500, cached: 9_000 };
    const played = loop({ maxTokens: 2_000 }, ...times(9, fate('succeeded', { tokens })));
    played.play();
    expect(played.attempts).toHaveLength(2);
    expect(played.context.ending).toMatchObject({ reason: 'max_tokens', exitCode: 158 });
  });

  it('counts over crashes of the same run', () => {
    const played = loop({ maxCostUsd: 2 }, ...times(9, dollar));
    nextWait(played);
    played.crash({ after: HOUR });
    played.play();
    expect(played.attempts).toHaveLength(2);
  });

  it('that a later start lowers below what was spent ends the run at once', () => {
    const played = loop({}, ...times(9, dollar));
    nextWait(played);
    played.crash({ policy: policy({ maxCostUsd: 0.5 }) });
    played.play();
    expect(played.attempts).toHaveLength(1);
    expect(played.context.ending?.reason).toBe('max_cost');
  });

  it.each(['waiting.backoff', 'prompting'])(
    'that a later start lowers keeps an open iteration from another attempt, in %s',
    (state) => {
      const dear = fate('network_failed', { costUsd: 1 });
      const played = loop({ maxRetries: 9 }, ...times(9, dear));
      played.playTo('waiting.backoff');
      played.playTo(state);
      played.crash({ policy: policy({ maxRetries: 9, maxCostUsd: 0.5 }) });
      played.play();
      expect(played.attempts).toHaveLength(1);
      expect(played.context.ending?.reason).toBe('max_cost');
      const ends = played.recorded.filter(({ type }) => type === 'iteration_end');
      expect(ends).toHaveLength(1);
    },
  );

  it('that a later start lowers ends the wait of an open iteration at once', () => {
    const limited = fate('usage_limited', { costUsd: 1, limitResetEpochMs: 1_000_000 + 5 * HOUR });
    const played = loop({}, limited, dollar);
    played.playTo('waiting.usageLimit');
    played.crash({ policy: policy({ maxCostUsd: 0.5 }) });
    played.play();
    expect(played.now).toBeLessThan(1_000_000 + MINUTE);
    expect(played.context).toMatchObject({
      ...{ lastOutcome: 'usage_limited', ending: { reason: 'max_cost' } },
    });
  });

  it('of time ends a wait, and counts what earlier runners lived', () => {
    const played = loop({ maxRuntimeMs: HOUR }, ...times(9, dollar));
    nextWait(played);
    played.send({ type: 'cap.reached', at: played.now });
    played.play();
    expect(played.context.ending).toMatchObject({ reason: 'max_runtime', exitCode: 158 });
    const later = loop({}, ...times(9, dollar));
    nextWait(later);
    later.crash({ policy: policy({ maxRuntimeMs: HOUR }), livedMs: HOUR });
    expect(later.context.ending?.reason).toBe('max_runtime');
  });

  it('of time ends a worker, whose attempt has then used up its budget and was not killed on request', () => {
    const played = loop({ maxRuntimeMs: HOUR }, fate('killed'));
    played.playTo('running.working');
    played.send({ type: 'cap.reached', at: played.now });
    expect(played.state).toBe('running.terminating');
    played.endAttempt();
    played.play();
    expect(played.context).toMatchObject({
      lastOutcome: 'budget_exceeded',
      ending: { reason: 'max_runtime', exitCode: 158 },
    });
  });

  it('is not what a stop is, though both come', () => {
    const played = loop({ maxRuntimeMs: HOUR }, fate('killed'));
    played.playTo('running.working');
    played.send({ type: 'loop.stop', at: played.now, via: 'control', now: true });
    played.send({ type: 'cap.reached', at: played.now });
    played.endAttempt();
    played.play();
    expect(played.context).toMatchObject({ lastOutcome: 'killed', ending: { reason: 'stopped' } });
  });
});

describe('a run whose work is done', () => {
  const says = (completion: Completion): Fate => ({ outcome: 'succeeded', facts: {}, completion });

  it('ends with 0 when its task declares it', () => {
    const played = loop({}, fate('succeeded'), says('declared'), fate('succeeded'));
    played.play();
    expect(played.attempts).toHaveLength(2);
    expect(played.context.ending).toMatchObject({ reason: 'complete', exitCode: 0 });
  });

  it('ends when its agent reports it so often in a row, over crashes', () => {
    const fates = [says('reported'), says('none'), ...times(9, says('reported'))];
    const played = loop({ completeAfter: 3 }, ...fates);
    for (let iteration = 0; iteration < 4; iteration += 1) {
      nextWait(played);
      played.crash();
    }
    played.play();
    expect(played.attempts).toHaveLength(5);
    expect(played.context.ending?.message).toContain('3 times in a row');
  });
});

describe('an iteration that found nothing to do', () => {
  it('doubles the interval, up to a limit; one that finds something takes that back', () => {
    const fates = [...times(4, fate('no_change')), ...times(2, fate('succeeded'))];
    const played = loop({ intervalMs: 10 * MINUTE, maxIntervalMs: HOUR }, ...fates);
    const minutes = fates.map(() => nextWait(played).ms / MINUTE);
    expect(minutes).toEqual([20, 40, 60, 60, 10, 10]);
  });

  it('does not shorten an interval that is longer than the limit', () => {
    const played = loop({ intervalMs: 2 * HOUR, maxIntervalMs: HOUR }, fate('no_change'));
    expect(nextWait(played).ms).toBe(2 * HOUR);
  });
});

describe('the breaker of a loop', () => {
  const breaker = {
    failures: 3,
    sameError: 0,
    sameTarget: 0,
    noChange: 0,
    cooldownMs: 10 * MINUTE,
  };
  const failing = times(20, fate('failed'));
  const states = ({ recorded }: SimulatedLoop) =>
    recorded.flatMap((event) => (event.type === 'breaker' ? [event.details.state] : []));

  it('opens after three failures, tries again ever more rarely, and counts probes as failures', () => {
    const played = loop({ breaker, maxFailures: 5 }, ...failing);
    const waits = [1, 2, 3, 4].map(() => nextWait(played));
    expect(waits.map(({ state, ms }) => [state, ms / MINUTE])).toEqual([
      ['waiting.interval', 1],
      ['waiting.interval', 1],
      ['waiting.backoff', 10],
      ['waiting.backoff', 20],
    ]);
    played.play();
    expect(played.attempts).toHaveLength(5);
    expect(played.context.ending).toMatchObject({ reason: 'max_failures', exitCode: 158 });
    expect(states(played)).toEqual(['open', 'half_open', 'open', 'half_open', 'open']);
  });

  it('says why in its event, and in the wait', () => {
    const played = loop({ breaker }, ...failing);
    [1, 2, 3].forEach(() => nextWait(played));
    const opened = played.recorded.find(({ type }) => type === 'breaker');
    expect(opened?.details).toMatchObject({ state: 'open', cause: 'failures', cooldown: 600 });
    expect(JSON.stringify(opened?.details)).toContain('3 iterations in a row failed');
    expect(played.context.wait?.reason).toBe('the breaker is open');
  });

  it('closes with the first success', () => {
    const played = loop({ breaker }, ...times(3, fate('failed')), ...times(2, fate('succeeded')));
    [1, 2, 3, 4].forEach(() => nextWait(played));
    expect(states(played)).toEqual(['open', 'half_open', 'closed']);
    expect(played.state).toBe('waiting.interval');
  });

  it('keeps its cool-down over a crash', () => {
    const played = loop({ breaker }, ...failing);
    [1, 2, 3].forEach(() => nextWait(played));
    const until = played.context.wait?.untilEpochMs;
    played.crash({ after: MINUTE });
    expect(played.state).toBe('waiting.backoff');
    expect(played.context.wait?.untilEpochMs).toBe(until);
    expect(played.context.breaker.state).toBe('open');
  });

  it.each([
    ['the operator skips the wait', 'half_open'],
    ['prompt or task change', 'closed'],
    ['a later start has other settings', 'closed'],
  ])('goes on at once when %s', (what, state) => {
    const played = loop({ breaker }, ...failing);
    [1, 2, 3].forEach(() => nextWait(played));
    if (what.startsWith('the operator')) {
      played.send({ type: 'loop.skipWait', at: played.now, via: 'control' });
    } else if (what.startsWith('prompt')) {
      played.send({ type: 'work.changed', at: played.now, workMark: 'other' });
    } else {
      played.crash({ workMark: 'other' });
    }
    expect(played.state).toBe('selecting.gating');
    expect(states(played).at(-1)).toBe(state);
    expect(played.now).toBeLessThan(1_000_000 + 5 * MINUTE);
  });

  it('stays as it is when the same prompt is only saved again', () => {
    const played = loop({ breaker }, ...failing);
    [1, 2, 3].forEach(() => nextWait(played));
    played.send({ type: 'work.changed', at: played.now, workMark: 'work' });
    expect(played.state).toBe('waiting.backoff');
    expect(states(played)).toEqual(['open']);
  });

  it('takes what the iterations themselves wrote for no change, over a crash, too', () => {
    const played = loop({ breaker }, ...failing);
    played.workMark = 'as the agent left it';
    [1, 2, 3].forEach(() => nextWait(played));
    expect(played.input('watchWork')).toEqual({ workMark: 'as the agent left it' });
    played.crash({ workMark: 'as the agent left it' });
    expect(played.state).toBe('waiting.backoff');
    expect(states(played)).toEqual(['open']);
  });

  it('does not end a pause', () => {
    const played = loop({ breaker }, ...failing);
    [1, 2, 3].forEach(() => nextWait(played));
    played.send({ type: 'loop.pause', at: played.now, via: 'control' });
    played.send({ type: 'work.changed', at: played.now, workMark: 'other' });
    expect(played.state).toBe('waiting.paused');
  });
});
