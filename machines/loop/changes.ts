import { backoffDelayMs, limitDelayMs } from '../../src/domain/backoff.ts';
import { EXIT } from '../../src/domain/error.ts';
import { countsAsFailure, isSuccess, outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import { addCost, addTokens } from '../../src/domain/tokens.ts';
import type { Judgement, Selection, Skip } from '../../src/domain/loop-work.ts';
import type { AttemptEnd, OpenIteration } from '../../src/domain/open-iteration.ts';
import type { Ending, LoopContext, StopRequest } from './context.ts';
import type { LoopEventOf } from './events.ts';

/** How the context changes: pure functions, one per thing that happens. */

type Change = Partial<LoopContext>;

const LIMIT_JITTER_MS = 90_000;

export function beginIteration(context: LoopContext, selection: Selection): Change {
  return {
    iteration: context.iteration + 1,
    open: {
      target: selection.target,
      startedAtEpochMs: selection.at,
      attempt: 0,
      retries: 0,
      limitWaits: 0,
      end: null,
      workerStarted: false,
      costUsd: null,
      tokens: null,
      turns: null,
      outcome: null,
      validation: null,
      changes: null,
      report: null,
    },
  };
}

export function skipWork(context: LoopContext, skip: Skip): Change {
  return changeOpen(context, { outcome: skip.outcome });
}

export function beginAttempt(context: LoopContext): Change {
  const attempt = (context.open?.attempt ?? 0) + 1;
  return changeOpen(context, { attempt, end: null, workerStarted: false, outcome: null });
}

export function noteWorker(context: LoopContext, event: LoopEventOf<'worker.started'>): Change {
  const attempt = context.open?.attempt ?? 0;
  return {
    ...changeOpen(context, { workerStarted: true }),
    worker: {
      pid: event.pid,
      agent: event.agent,
      attempt,
      sinceEpochMs: event.at,
      supervision: event.supervision,
    },
  };
}

export function noteAttemptEnd(context: LoopContext, end: AttemptEnd): Change {
  const { open } = context;
  return {
    worker: null,
    ...changeOpen(context, {
      end,
      outcome: end.outcome,
      costUsd: addCost(open?.costUsd ?? null, end.costUsd),
      tokens: addTokens(open?.tokens ?? null, end.tokens),
      turns: addCost(open?.turns ?? null, end.turns),
    }),
  };
}

/** The iteration ends with what its last attempt came to, or as `fallback` where there was none. */
export function settleOutcome(context: LoopContext, fallback: Outcome): Change {
  return changeOpen(context, { outcome: context.open?.end?.outcome ?? fallback });
}

export function judge(context: LoopContext, judgement: Judgement): Change {
  const { outcome, validation, changes, report } = judgement;
  return changeOpen(context, { outcome, validation, changes, report });
}

/** `at` null: the iteration is closed by a failure of our own. */
export function closeIteration(context: LoopContext, at: number | null): Change {
  const { open, totals } = context;
  if (!open) {
    return {};
  }
  const outcome = openOutcome(open);
  return {
    open: null,
    worker: null,
    lastOutcome: outcome,
    failuresInRow: failuresInRow(context, outcome),
    wait:
      at === null ? null : { kind: 'interval', untilEpochMs: at + intervalAfter(context, open) },
    totals: {
      iterations: totals.iterations + 1,
      succeeded: totals.succeeded + (isSuccess(outcome) ? 1 : 0),
      failed: totals.failed + (isSuccess(outcome) ? 0 : 1),
      costUsd: addCost(totals.costUsd, open.costUsd),
      tokens: addTokens(totals.tokens, open.tokens),
    },
  };
}

/** With an interval of 0, what starts no worker (a selector that fails, nothing left to do) would spin. */
function intervalAfter({ policy }: LoopContext, { workerStarted }: OpenIteration): number {
  return workerStarted ? policy.intervalMs : Math.max(policy.intervalMs, LEAST_IDLE_MS);
}

const LEAST_IDLE_MS = 1_000;

export function openOutcome(open: OpenIteration): Outcome {
  return open.outcome ?? open.end?.outcome ?? 'unknown';
}

export function retryDelayMs(context: LoopContext, jitter: number): number {
  return backoffDelayMs({ retry: context.open?.retries ?? 0, jitter });
}

export function waitToRetry(context: LoopContext, event: LoopEventOf<'worker.ended'>): Change {
  return {
    wait: { kind: 'backoff', untilEpochMs: event.at + retryDelayMs(context, event.jitter) },
    ...changeOpen(context, { retries: (context.open?.retries ?? 0) + 1 }),
  };
}

/** Until the reset the agent told of, plus jitter; else growing. */
export function waitForLimit(context: LoopContext, event: LoopEventOf<'worker.ended'>): Change {
  const waits = context.open?.limitWaits ?? 0;
  const reset = event.end.limitResetEpochMs;
  const untilEpochMs =
    reset === null
      ? event.at + limitDelayMs({ retry: waits, jitter: event.jitter })
      : Math.max(reset, event.at) + Math.round(event.jitter * LIMIT_JITTER_MS);
  return {
    wait: { kind: 'usage_limit', untilEpochMs },
    ...changeOpen(context, { limitWaits: waits + 1 }),
  };
}

export function nextStop(context: LoopContext, event: LoopEventOf<'loop.stop'>): Change {
  const stop: StopRequest = event.now || context.stop !== 'none' ? 'now' : 'graceful';
  return { stop, stopVia: event.via };
}

export function endingByRequest(context: LoopContext): Ending {
  const forced = context.stopVia === 'SIGINT' ? 130 : 143;
  return { reason: 'stopped', exitCode: context.stop === 'now' ? forced : 0, message: null };
}

export function endingByLowDisk({ lowDisk }: LoopContext): Ending {
  return { reason: 'disk_low', exitCode: EXIT.resourceExhausted, message: lowDisk };
}

export function endingByOutcome(context: LoopContext): Ending {
  const outcome = context.lastOutcome ?? 'unknown';
  return { reason: outcome, exitCode: outcomeRule(outcome).exitCode, message: null };
}

function changeOpen(context: LoopContext, change: Partial<OpenIteration>): Change {
  return context.open ? { open: { ...context.open, ...change } } : {};
}

function failuresInRow(context: LoopContext, outcome: Outcome): number {
  if (countsAsFailure(outcome)) {
    return context.failuresInRow + 1;
  }
  return isSuccess(outcome) ? 0 : context.failuresInRow;
}
