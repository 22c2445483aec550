import { describe, expect, it } from 'vitest';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { policy as base } from './loop-model.ts';
import { SimulatedLoop, type Fate } from './simulated-loop.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SESSION = { id: 'session-1', spent: { costUsd: 1, tokens: null } };

function fate(outcome: Outcome, facts: Partial<AttemptEnd> = {}): Fate {
  return { outcome, facts };
}

function loop(change: Partial<LoopPolicy>, ...fates: readonly Fate[]): SimulatedLoop {
  return new SimulatedLoop({ ...base, maxIterations: 0, maxFailures: 0, ...change }, fates);
}

function waitMs({ context }: SimulatedLoop): number {
  const { wait } = context;
  return (wait?.untilEpochMs ?? 0) - (wait?.sinceEpochMs ?? 0);
}

function names({ recorded }: SimulatedLoop): string[] {
  return recorded.map(({ type }) => type);
}

describe('a retry', () => {
  it('waits longer each time, at most five minutes', () => {
    const played = loop({ maxRetries: 12 }, ...Array(13).fill(fate('network_failed')));
    const waits: number[] = [];
    for (let retry = 0; retry < 12; retry += 1) {
      played.playTo('waiting.backoff');
      waits.push(waitMs(played));
      played.playTo('running');
    }
    expect(waits.slice(0, 4)).toEqual([2_000, 3_000, 5_000, 9_000]);
    expect(Math.max(...waits)).toBe(151_000);
  });

  it('waits for the rest of its time after a crash, and not at all when that is over', () => {
    const played = loop({ maxRetries: 9 }, ...Array(9).fill(fate('rate_limited')));
    played.playTo('waiting.backoff');
    const until = played.context.wait?.untilEpochMs ?? 0;
    played.crash({ after: 500 });
    expect(played.state).toBe('waiting.backoff');
    expect(played.context.wait?.untilEpochMs).toBe(until);
    played.crash({ after: HOUR });
    played.playTo('running.working');
    expect(played.context).toMatchObject({ iteration: 1, open: { attempt: 2, retries: 1 } });
  });

  it('does not come before the moment that the service named', () => {
    const played = loop({}, fate('rate_limited', { limitResetEpochMs: 1_000_000 + 4 * MINUTE }));
    played.playTo('waiting.backoff');
    expect(played.context.wait?.untilEpochMs).toBe(1_000_000 + 4 * MINUTE);
  });

  it.each(['auth_failed', 'prompt_too_long', 'worker_unavailable'] as const)(
    'is not made of what only the operator can mend: %s',
    (outcome) => {
      const played = loop({ maxRetries: 9 }, fate(outcome));
      played.play();
      expect(played.attempts).toHaveLength(1);
      expect(played.context.ending?.reason).toBe(outcome);
    },
  );

  it.each(['permission_denied', 'failed', 'timed_out', 'max_turns', 'unknown'] as const)(
    'is not made of what the agent did: %s',
    (outcome) => {
      const played = loop({ maxRetries: 9, maxIterations: 1 }, fate(outcome));
      played.play();
      expect(played.attempts).toHaveLength(1);
    },
  );
});

describe('an outage', () => {
  it('is tried at ever longer intervals, and ends no run', () => {
    const outage = Array(60).fill(fate('network_failed'));
    const played = loop({ intervalMs: 1_000, maxFailures: 1, maxRetries: 2 }, ...outage);
    const waits: number[] = [];
    for (let iteration = 1; iteration <= 10; iteration += 1) {
      played.playTo('summarizing.digesting');
      played.playTo('waiting');
      waits.push(waitMs(played));
      played.playTo('running');
    }
    expect(waits.map((ms) => ms / 1_000)).toEqual([1, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    expect(played.context).toMatchObject({ failuresInRow: 0, breaker: { state: 'closed' } });
    expect(played.context.wait).toBeNull();
  });

  it('of the machine is not paid for again and again without a pause', () => {
    const played = loop({ intervalMs: 0 }, ...Array(9).fill(fate('resource_exceeded')));
    const waits: number[] = [];
    for (let iteration = 1; iteration <= 4; iteration += 1) {
      played.playTo('waiting');
      waits.push(waitMs(played));
      played.playTo('running');
    }
    expect(waits.map((ms) => ms / 1_000)).toEqual([0, 10, 20, 40]);
  });

  it('of half an hour costs a handful of iterations, and the loop goes on by itself', () => {
    const played = loop(
      { intervalMs: 0, maxRetries: 3 },
      ...Array(200).fill(fate('network_failed')),
    );
    while (played.now < 1_000_000 + 30 * MINUTE) {
      played.playTo('running');
      played.playTo('waiting');
    }
    expect(played.context.totals.iterations).toBeLessThan(12);
    expect(played.isOver).toBe(false);
  });

  it('is over for the interval with the first attempt that does well', () => {
    const outage = Array(4).fill(fate('network_failed'));
    const played = loop({ maxRetries: 0 }, ...outage, fate('succeeded'), fate('succeeded'));
    for (let iteration = 0; iteration < 5; iteration += 1) {
      played.playTo('running');
      played.playTo('waiting');
    }
    expect(played.state).toBe('waiting.interval');
    expect(played.context.troublesInRow).toBe(0);
  });
});

describe('a usage limit', () => {
  const reset = 1_000_000 + 5 * HOUR;
  const limited = fate('usage_limited', { limitResetEpochMs: reset });

  it('is waited for with at most 90 s of jitter, over crashes and a night without a machine', () => {
    const played = loop({}, limited, fate('succeeded'));
    played.playTo('waiting.usageLimit');
    const until = played.context.wait?.untilEpochMs ?? 0;
    expect(until - reset).toBeGreaterThanOrEqual(0);
    expect(until - reset).toBeLessThanOrEqual(90_000);
    for (let crash = 0; crash < 3; crash += 1) {
      played.crash({ after: HOUR });
      expect(played.state).toBe('waiting.usageLimit');
      expect(played.context.wait?.untilEpochMs).toBe(until);
    }
    played.crash({ after: 10 * HOUR });
    played.playTo('running.working');
    expect(played.context).toMatchObject({ iteration: 1, open: { attempt: 2 }, failuresInRow: 0 });
  });

  it('is tried at once when the operator says so', () => {
    const played = loop({}, limited, fate('succeeded'));
    played.playTo('waiting.usageLimit');
    played.send({ type: 'loop.skipWait', at: played.now, via: 'control' });
    played.playTo('running.working');
    expect(played.context.open).toMatchObject({ attempt: 2, agent: 'command' });
    expect(played.now).toBeLessThan(reset);
  });

  it('whose end nobody tells is asked again ever more rarely', () => {
    const played = loop({}, ...Array(9).fill(fate('usage_limited')));
    const waits: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      played.playTo('waiting.usageLimit');
      waits.push(Math.floor(waitMs(played) / MINUTE));
      played.playTo('running');
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it('that lasts longer than --max-limit-wait allows ends the run at once, with 142', () => {
    const played = loop({ maxLimitWaitMs: HOUR }, limited);
    played.play();
    expect(played.context.ending).toMatchObject({ reason: 'max_limit_wait', exitCode: 142 });
    expect(played.now).toBeLessThan(1_100_000);
    expect(played.context.totals.failed).toBe(1);
  });

  it('counts each wait towards --max-limit-wait, also of earlier runners', () => {
    const within = (hours: number) =>
      fate('usage_limited', { limitResetEpochMs: 1_000_000 + hours * HOUR });
    const fates = [within(2), fate('succeeded'), within(4), fate('succeeded'), within(20)];
    const played = loop({ maxLimitWaitMs: 5 * HOUR, intervalMs: 0 }, ...fates);
    played.playTo('waiting.usageLimit');
    played.crash({ after: HOUR });
    played.play();
    expect(played.context.ending?.reason).toBe('max_limit_wait');
    expect(played.attempts).toHaveLength(5);
    expect(Math.round(played.context.limitWaitedMs / HOUR)).toBe(4);
  });

  it('whose told end is past is tried at once, and then ever more rarely: the clocks differ', () => {
    const past = fate('usage_limited', { limitResetEpochMs: 1 });
    const played = loop({}, ...Array(9).fill(past));
    played.playTo('running.working');
    played.endAttempt();
    played.playTo('running.working');
    expect(played.now).toBeLessThan(1_001_000);
    const waits: number[] = [];
    for (let guess = 0; guess < 3; guess += 1) {
      played.playTo('waiting.usageLimit');
      waits.push(Math.floor(waitMs(played) / MINUTE));
      played.playTo('running');
    }
    expect(waits).toEqual([10, 20, 40]);
  });

  it('ends no run where nobody would have waited for it, whatever the leash', () => {
    const once = { waitsForLimits: false, maxLimitWaitMs: HOUR };
    const played = loop(once, limited, fate('succeeded'));
    played.playTo('waiting.interval');
    expect(played.context).toMatchObject({ lastOutcome: 'usage_limited', ending: null });
  });

  it('ends a run whose leash is used up by guesses', () => {
    const played = loop({ maxLimitWaitMs: HOUR }, ...Array(50).fill(fate('usage_limited')));
    played.play();
    expect(played.context.ending?.reason).toBe('max_limit_wait');
    expect(played.context.limitWaitedMs).toBeGreaterThanOrEqual(HOUR);
    expect(played.context.limitWaitedMs).toBeLessThan(HOUR + 5 * MINUTE);
  });
});

describe('with fallback agents', () => {
  const agents = ['claude', 'codex', 'gemini'];
  const until = (minutes: number) =>
    fate('usage_limited', { limitResetEpochMs: 1_000_000 + minutes * MINUTE });

  it('the next one goes on at once, and the preferred one comes back when its limit is over', () => {
    const fates = [until(60), ...Array(30).fill(fate('succeeded'))];
    const played = loop({ agents, intervalMs: 10 * MINUTE, maxIterations: 12 }, ...fates);
    played.play();
    const played60 = played.attempts.filter(({ at }) => at < 1_000_000 + 60 * MINUTE);
    expect(played60.map(({ agent }) => agent)).toEqual(['claude', ...Array(6).fill('codex')]);
    expect(played.attempts.at(-1)?.agent).toBe('claude');
    expect(played.attempts[1]).toMatchObject({ iteration: 1, attempt: 2 });
    expect(played.waits.some(({ state }) => state === 'waiting.usageLimit')).toBe(false);
  });

  it('the loop waits for the first that is free when all are held', () => {
    const played = loop({ agents }, until(300), until(20), until(60), fate('succeeded'));
    played.playTo('waiting.usageLimit');
    expect(played.attempts.map(({ agent }) => agent)).toEqual(agents);
    expect(played.context.wait?.untilEpochMs).toBeLessThan(1_000_000 + 22 * MINUTE);
    played.playTo('running.working');
    expect(played.context.open?.agent).toBe('codex');
  });

  it.each([{ agents: ['codex'] }, { agents: ['claude', 'codex'] }])(
    'named by the next start, it does not wait for the limit of the one before: $agents',
    ({ agents: named }) => {
      const played = loop({ agents: ['claude'] }, until(300), fate('succeeded'));
      played.playTo('waiting.usageLimit');
      played.crash({ policy: { ...base, agents: named } });
      played.playTo('running.working');
      expect(played.now).toBeLessThan(1_100_000);
      expect(played.context.open).toMatchObject({ attempt: 2, agent: 'codex' });
    },
  );

  it('--max-limit-wait is about the agent that is free first', () => {
    const bounds = { agents: ['claude', 'codex'], maxLimitWaitMs: 3 * HOUR };
    const played = loop(bounds, until(120), until(600), fate('succeeded'));
    played.playTo('waiting.usageLimit');
    expect(played.context.wait?.untilEpochMs).toBeLessThan(1_000_000 + 122 * MINUTE);
    const late = loop(bounds, until(200), until(600));
    late.play();
    expect(late.context.ending?.reason).toBe('max_limit_wait');
  });

  it('remembers over a crash whom a limit holds', () => {
    const played = loop({ agents }, until(600), fate('succeeded'), fate('succeeded'));
    played.playTo('waiting.interval');
    played.crash({ after: MINUTE });
    played.playTo('running.working');
    expect(played.context.open?.agent).toBe('codex');
  });

  it('tells that another agent goes on', () => {
    const played = loop({ agents }, until(60), fate('succeeded'));
    played.playTo('waiting.interval');
    const retry = played.recorded.find(({ type }) => type === 'retry');
    expect(retry?.details).toEqual({ reason: 'usage_limited', delay: 0, attempt: 2 });
  });

  it('does not fall back for what is no limit', () => {
    const played = loop({ agents, maxRetries: 1 }, fate('network_failed'), fate('succeeded'));
    played.playTo('waiting.interval');
    expect(played.attempts.map(({ agent }) => agent)).toEqual(['claude', 'claude']);
  });
});

describe('with --continue-session', () => {
  const brokeOff = (outcome: Outcome) => fate(outcome, { session: SESSION });

  it.each(['idle_timed_out', 'interrupted', 'network_failed'] as const)(
    'an attempt after %s goes on with its session',
    (outcome) => {
      const played = loop({ continuesSessions: true }, brokeOff(outcome), fate('succeeded'));
      played.playTo('waiting.backoff');
      played.playTo('running.working');
      expect(played.context.open).toMatchObject({ attempt: 2, session: SESSION });
    },
  );

  it('an agent without a session begins anew, and an idle one is not tried again', () => {
    const played = loop({ continuesSessions: true }, fate('interrupted'), fate('idle_timed_out'));
    played.playTo('waiting.backoff');
    played.playTo('running.working');
    expect(played.context.open?.session).toBeNull();
    played.playTo('waiting.interval');
    expect(played.context.lastOutcome).toBe('idle_timed_out');
  });

  it('a session that cannot be gone on with is given up for a new one', () => {
    const lost = fate('worker_unavailable', { costUsd: null, turns: null });
    const fates = [brokeOff('interrupted'), lost, fate('succeeded')];
    const played = loop({ continuesSessions: true, maxRetries: 3 }, ...fates);
    played.playTo('waiting.interval');
    expect(played.context).toMatchObject({ lastOutcome: 'succeeded', totals: { iterations: 1 } });
    expect(played.attempts).toHaveLength(3);
  });

  it('a session that is lost takes no retry away, and so does not end the run', () => {
    const lost = fate('worker_unavailable', { costUsd: null, turns: null });
    const fates = [brokeOff('interrupted'), lost, fate('succeeded')];
    const played = loop({ continuesSessions: true, maxRetries: 1 }, ...fates);
    played.playTo('waiting.interval');
    expect(played.context.lastOutcome).toBe('succeeded');
  });

  it('is not what happens without it', () => {
    const played = loop({}, brokeOff('interrupted'), brokeOff('idle_timed_out'));
    played.playTo('waiting.backoff');
    played.playTo('running.working');
    expect(played.context.open?.session).toBeNull();
    played.playTo('waiting.interval');
    expect(names(played).filter((name) => name === 'retry')).toHaveLength(1);
  });

  it('another agent does not go on with it', () => {
    const limited = fate('usage_limited', { session: SESSION, limitResetEpochMs: 9e12 });
    const agents = ['claude', 'codex'];
    const played = loop({ continuesSessions: true, agents }, limited, fate('succeeded'));
    played.playTo('running.working');
    played.playTo('selecting');
    played.playTo('running.working');
    expect(played.context.open).toMatchObject({ agent: 'codex', session: null });
  });
});
