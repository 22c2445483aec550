import type { BreakerEvidence } from '../../src/domain/breaker.ts';
import type { OpenIteration } from '../../src/domain/open-iteration.ts';
import { countsAsFailure, isSuccess, outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import { addCost, addTokens } from '../../src/domain/tokens.ts';
import { advanceBreaker } from '../breaker/advance.ts';
import { cooldownMs } from '../breaker/memory.ts';
import { openOutcome } from './changes.ts';
import type { LoopContext, RunTotals, Wait } from './context.ts';
import { countsAsTrouble, waitAfterIteration } from './waits.ts';

/** The context with its open iteration closed, counted and judged. `at` null: closed by a failure of our own. */
export function closeIteration(context: LoopContext, at: number | null): Partial<LoopContext> {
  const { open } = context;
  if (!open) {
    return {};
  }
  const counted = count(context, open);
  return {
    ...counted,
    wait: at === null ? null : waitOf({ ...context, ...counted }, open, at),
  };
}

function count(context: LoopContext, open: OpenIteration) {
  const outcome = openOutcome(open);
  const { policy } = context;
  const completeInRow = open.completion === 'reported' ? context.completeInRow + 1 : 0;
  return {
    open: null,
    worker: null,
    lastOutcome: outcome,
    failuresInRow: failuresInRow(context, outcome),
    troublesInRow: countsAsTrouble(outcome) ? context.troublesInRow + 1 : 0,
    unchangedInRow: unchangedInRow(context, outcome),
    completeInRow,
    isComplete: isDeclared(open) || completeInRow >= policy.completeAfter,
    leavesOut: open.completion === 'declared_in_part',
    breaker: advanceBreaker(context.breaker, {
      ...{ type: 'iteration.ended', policy: policy.breaker },
      evidence: evidenceOf(context, open),
    }),
    totals: addTo(context.totals, open),
  };
}

function isDeclared({ completion }: OpenIteration): boolean {
  return completion === 'declared' || completion === 'declared_in_part';
}

function waitOf(context: LoopContext, open: OpenIteration, at: number): Wait {
  const wait = waitAfterIteration(context, { at, startedWorker: open.workerStarted });
  const { breaker, policy } = context;
  if (breaker.state !== 'open') {
    return wait;
  }
  const untilEpochMs = Math.max(wait.untilEpochMs, at + cooldownMs(breaker.memory, policy.breaker));
  return { ...wait, kind: 'backoff', untilEpochMs, reason: 'the breaker is open' };
}

function addTo(totals: RunTotals, open: OpenIteration): RunTotals {
  const isGood = isSuccess(openOutcome(open));
  return {
    iterations: totals.iterations + 1,
    succeeded: totals.succeeded + (isGood ? 1 : 0),
    failed: totals.failed + (isGood ? 0 : 1),
    costUsd: addCost(totals.costUsd, open.costUsd),
    tokens: addTokens(totals.tokens, open.tokens),
    costIsEstimated: totals.costIsEstimated || open.costIsEstimated,
  };
}

function evidenceOf({ iteration }: LoopContext, open: OpenIteration): BreakerEvidence {
  const outcome = openOutcome(open);
  return {
    ...{ iteration, outcome, target: open.target },
    reason: open.end?.reason ?? '',
    changed: changed(outcome, open.changes),
  };
}

/** Unknown is not none. */
function changed(outcome: Outcome, changes: readonly string[] | null): boolean | null {
  if (outcome === 'no_change') {
    return false;
  }
  return isSuccess(outcome) && (changes?.length ?? 0) > 0 ? true : null;
}

function failuresInRow(context: LoopContext, outcome: Outcome): number {
  if (countsAsFailure(outcome)) {
    return context.failuresInRow + 1;
  }
  return isSuccess(outcome) ? 0 : context.failuresInRow;
}

/** What is not the agent's doing says nothing about the work. */
function unchangedInRow(context: LoopContext, outcome: Outcome): number {
  if (outcome === 'no_change') {
    return context.unchangedInRow + 1;
  }
  return ['success', 'agent'].includes(outcomeRule(outcome).class) ? 0 : context.unchangedInRow;
}
