import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import { OUTCOMES, outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import { policy as base } from './loop-model.ts';
import { SimulatedLoop, type Fate } from './simulated-loop.ts';

const SETTINGS = { seed: 20_261_127, numRuns: 400 };
const HOUR = 3_600_000;

const outcomes = Object.keys(OUTCOMES) as Outcome[];
// What goes on is likelier than what ends the run at once.
const going = outcomes.filter((outcome) => outcomeRule(outcome).recovery !== 'stop');
const outcome = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...going) },
  { weight: 1, arbitrary: fc.constantFrom(...outcomes) },
);

function orNull<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { nil: null });
}

const fate: fc.Arbitrary<Fate> = fc.record({
  outcome,
  facts: fc.record({
    costUsd: orNull(fc.integer({ min: 0, max: 300 }).map((cents) => cents / 100)),
    tokens: orNull(fc.nat(5_000).map((count) => ({ in: count, out: 0, cached: 9 }))),
    limitResetEpochMs: orNull(fc.integer({ min: 1, max: 20 * HOUR })),
    session: orNull(fc.constant({ id: 's', spent: { costUsd: null, tokens: null } })),
    turns: orNull(fc.nat(3)),
  }),
  crashes: fc.boolean(),
});

const cap = (most: number) => fc.oneof(fc.constant(0), fc.integer({ min: 1, max: most }));

const policy: fc.Arbitrary<LoopPolicy> = fc.record({
  intervalMs: fc.constantFrom(0, 60_000, 2 * HOUR),
  maxIntervalMs: fc.constantFrom(0, HOUR),
  maxIterations: cap(10),
  maxFailures: cap(6),
  maxRetries: fc.nat(4),
  maxCostUsd: cap(5),
  maxTokens: cap(20_000),
  maxRuntimeMs: fc.constant(0),
  maxLimitWaitMs: fc.constantFrom(0, HOUR, 10 * HOUR),
  waitsForLimits: fc.boolean(),
  endsByOutcome: fc.boolean(),
  agents: fc.constantFrom(['claude'], ['claude', 'codex'], ['claude', 'codex', 'pi']),
  continuesSessions: fc.boolean(),
  completeAfter: fc.constant(2),
  breaker: fc.record({
    ...{ failures: fc.nat(4), sameError: fc.nat(4), sameTarget: fc.nat(4), noChange: fc.nat(4) },
    cooldownMs: fc.constantFrom(1_000, 600_000),
  }),
  launches: fc.constant(true),
  checkpoints: fc.constant(base.checkpoints),
});

const run = fc.record({ policy, fates: fc.array(fate, { minLength: 1, maxLength: 40 }) });

function played({ policy: bounds, fates }: { policy: LoopPolicy; fates: readonly Fate[] }) {
  const loop = new SimulatedLoop(bounds, fates);
  loop.play();
  return loop;
}

describe('whatever its attempts come to, a loop', () => {
  it('begins no attempt once a cap is reached, over crashes, too', () => {
    fc.assert(
      fc.property(run, (given) => {
        const { maxCostUsd, maxTokens, maxIterations } = given.policy;
        const loop = played(given);
        for (const attempt of loop.attempts) {
          expect(maxCostUsd === 0 || attempt.spentUsd < maxCostUsd).toBe(true);
          expect(maxTokens === 0 || attempt.spentTokens < maxTokens).toBe(true);
        }
        expect(maxIterations === 0 || loop.context.totals.iterations <= maxIterations).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('tries again only what may be, and not more often than it may', () => {
    fc.assert(
      fc.property(run, (given) => {
        const { attempts } = played(given);
        const byIteration = Map.groupBy(attempts, ({ iteration }) => iteration);
        for (const tries of byIteration.values()) {
          expect(tries.map(({ attempt }) => attempt)).toEqual(tries.map((_, index) => index + 1));
          const followed = tries.slice(0, -1).map(({ fate: { outcome: name } }) => name);
          const free = followed.filter(
            (name) => outcomeRule(name).recovery === 'wait' || isLost(name),
          );
          expect(followed.length - free.length).toBeLessThanOrEqual(given.policy.maxRetries);
          for (const name of followed) {
            expect(isRetried(name, given.policy), name).toBe(true);
          }
        }
      }),
      SETTINGS,
    );
  });

  it('ends, or rests with a deadline that comes', () => {
    fc.assert(
      fc.property(run, (given) => {
        const loop = played(given);
        expect(loop.isOver).toBe(true);
        expect(loop.context.ending?.reason).toMatch(/^[a-z_]+$/);
        for (const { state, at, until } of loop.waits) {
          expect(Number.isFinite(until), state).toBe(true);
          expect(until - at, state).toBeLessThanOrEqual(25 * HOUR);
        }
      }),
      SETTINGS,
    );
  });

  it('does not fail more often in a row than it may', () => {
    fc.assert(
      fc.property(run, (given) => {
        const { maxFailures } = given.policy;
        const { failuresInRow } = played(given).context;
        expect(maxFailures === 0 || failuresInRow <= maxFailures).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('waits no longer for usage limits than it may, but for jitter', () => {
    fc.assert(
      fc.property(run, (given) => {
        const { maxLimitWaitMs } = given.policy;
        const waits = played(given).waits.filter(({ state }) => state === 'waiting.usageLimit');
        const ends = Map.groupBy(waits, ({ until }) => until);
        const waited = [...ends].reduce(
          (sum, [until, [first]]) => sum + until - (first?.at ?? until),
          0,
        );
        const jitter = ends.size * 45_000;
        expect(maxLimitWaitMs === 0 || waited <= maxLimitWaitMs + jitter).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('is played by the preferred agent as soon as no limit holds it', () => {
    fc.assert(
      fc.property(run, (given) => {
        let freeAt = 0;
        for (const { agent, at, fate: ended } of played(given).attempts) {
          if (agent !== 'claude') {
            expect(at).toBeLessThan(freeAt + 1_000);
          } else {
            const isLimited = outcomeRule(ended.outcome).recovery === 'wait';
            freeAt = isLimited ? Infinity : 0;
            freeAt =
              isLimited && ended.facts.limitResetEpochMs ? ended.facts.limitResetEpochMs : freeAt;
          }
        }
      }),
      SETTINGS,
    );
  });
});

/** What a session that could not be gone on with came to is tried anew without it. */
function isRetried(name: Outcome, { continuesSessions }: LoopPolicy): boolean {
  const { recovery } = outcomeRule(name);
  const withSession = name === 'idle_timed_out' || isLost(name);
  return ['retry', 'wait'].includes(recovery) || (continuesSessions && withSession);
}

/** Only tried again where it was the session that could not be gone on with. */
function isLost(name: Outcome): boolean {
  return ['worker_unavailable', 'failed', 'unknown'].includes(name);
}
