import { EXIT } from '../../src/domain/error.ts';
import { isSuccess, outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import { addCost, addTokens } from '../../src/domain/tokens.ts';
import type { Judgement, Selection, Skip } from '../../src/domain/loop-work.ts';
import type { AttemptEnd, OpenIteration } from '../../src/domain/open-iteration.ts';
import { agentFor, agentOf, limitAfter } from './agents.ts';
import type { Ending, LoopContext } from './context.ts';
import type { LoopEventOf } from './events.ts';
import { nextSession, retryWait } from './waits.ts';

/** How the context changes: pure functions, one per thing that happens. */

type Change = Partial<LoopContext>;

export function beginIteration(context: LoopContext, selection: Selection): Change {
  return {
    iteration: context.iteration + 1,
    open: {
      ...EMPTY_ITERATION,
      target: selection.target,
      startedAtEpochMs: selection.at,
    },
  };
}

/** An iteration of which nothing is known yet. */
export const EMPTY_ITERATION: OpenIteration = {
  ...{ target: null, startedAtEpochMs: 0, attempt: 0, agent: null, session: null, retries: 0 },
  ...{ end: null, workerStarted: false, costUsd: null, tokens: null, turns: null },
  ...{ costIsEstimated: false, workspaceMark: null, outcome: null, validation: null },
  ...{ takenBack: false, changes: null, report: null, completion: 'none' },
};

export function skipWork(context: LoopContext, skip: Skip): Change {
  return changeOpen(context, { outcome: skip.outcome });
}

/** `at`: who plays it depends on whom a usage limit holds at that moment. */
export function beginAttempt(context: LoopContext, at: number): Change {
  const { open } = context;
  const agent = agentFor(context, at);
  return changeOpen(context, {
    ...{ attempt: (open?.attempt ?? 0) + 1, agent },
    session: open?.agent === agent ? open.session : null,
    ...{ end: null, workerStarted: false, outcome: null },
  });
}

/** The first look counts: what a former attempt of the iteration changed is a change. */
export function noteWorkspace(context: LoopContext, workspaceMark: string | null): Change {
  return changeOpen(context, { workspaceMark: context.open?.workspaceMark ?? workspaceMark });
}

/** One that is adopted has been at work since it was launched. */
export function noteWorker(context: LoopContext, event: LoopEventOf<'worker.started'>): Change {
  const { worker, open } = context;
  const attempt = open?.attempt ?? 0;
  const isKnown =
    event.how === 'adopted' && worker?.attempt === attempt && worker.pid === event.pid;
  return {
    ...changeOpen(context, { workerStarted: true }),
    worker: {
      pid: event.pid,
      agent: event.agent,
      attempt,
      sinceEpochMs: isKnown ? worker.sinceEpochMs : event.at,
      supervision: event.supervision,
    },
  };
}

/** An attempt that a cap ended was killed by us, but not on request. */
export function endByCap(context: LoopContext, end: AttemptEnd): AttemptEnd {
  return context.reachedCap !== null && context.stop === 'none' && end.outcome === 'killed'
    ? { ...end, outcome: 'budget_exceeded', reason: `--max-${context.reachedCap} was reached` }
    : end;
}

export function noteAttemptEnd(context: LoopContext, ended: AttemptEnd): Change {
  const { open } = context;
  const end = endByCap(context, ended);
  return {
    worker: null,
    ...changeOpen(context, {
      end,
      session: nextSession(context, end),
      costIsEstimated: open?.costIsEstimated === true || end.costIsEstimated,
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
  const { outcome, validation, changes, report, completion } = judgement;
  return changeOpen(context, { outcome, validation, changes, report, completion });
}

export function noteTakenBack(context: LoopContext): Change {
  return changeOpen(context, { takenBack: true });
}

/** Good work that nobody waited to see proved is none. */
export function abandonWork(context: LoopContext): Change {
  const outcome = context.open ? openOutcome(context.open) : 'killed';
  return changeOpen(context, { outcome: isSuccess(outcome) ? 'killed' : outcome });
}

/** The agent of the attempt that ended is held by a usage limit; who is not, is not any more. */
export function noteLimit(context: LoopContext, event: LoopEventOf<'worker.ended'>): Change {
  const agent = agentOf(context);
  const { [agent]: _, ...others } = context.agentLimits;
  const isLimited = outcomeRule(event.end.outcome).recovery === 'wait';
  return {
    agentLimits: isLimited ? { ...others, [agent]: limitAfter(context, event) } : others,
  };
}

/** A new attempt comes after the wait. */
export function waitToRetry(context: LoopContext, event: LoopEventOf<'worker.ended'>): Change {
  return {
    wait: retryWait(context, event),
    ...changeOpen(context, { retries: (context.open?.retries ?? 0) + 1 }),
  };
}

export function openOutcome(open: OpenIteration): Outcome {
  return open.outcome ?? open.end?.outcome ?? 'unknown';
}

/** A second signal wants the worker ended. A second `stop`, or the clock of `--until`, wants what was asked before. */
export function nextStop(
  { stop, stopVia }: LoopContext,
  { now, via }: LoopEventOf<'loop.stop'>,
): Pick<LoopContext, 'stop' | 'stopVia'> {
  const wasSignaled = stop !== 'none' && isSignal(stopVia);
  if (now || (wasSignaled && isSignal(via))) {
    return { stop: 'now', stopVia: via };
  }
  return {
    stop: stop === 'none' ? 'graceful' : stop,
    stopVia: wasSignaled || stop === 'now' ? stopVia : via,
  };
}

function isSignal(via: string | null): boolean {
  return via !== null && via !== 'control' && via !== 'until';
}

export function endingByRequest(context: LoopContext): Ending {
  const forced = context.stopVia === 'SIGINT' ? 130 : 143;
  const exitCode = context.stop === 'now' ? forced : EXIT.ok;
  return { reason: 'stopped', exitCode, message: null, fix: null };
}

export function endingByLowDisk({ lowDisk }: LoopContext): Ending {
  return { reason: 'disk_low', exitCode: EXIT.resourceExhausted, message: lowDisk, fix: null };
}

export function endingByLimitLeash(context: LoopContext): Ending {
  const hours = context.policy.maxLimitWaitMs / 3_600_000;
  const message = `waiting for usage limits takes more than the ${rounded(hours)} h of --max-limit-wait`;
  return { reason: 'max_limit_wait', exitCode: EXIT.usageLimit, message, fix: null };
}

export function endingByCompletion({ completeInRow, leavesOut }: LoopContext): Ending {
  if (leavesOut) {
    const message = 'the task says that all is done, but for targets that failed too often';
    const fix = 'See which, and why: autoloop select';
    return { reason: 'complete', exitCode: EXIT.partial, message, fix };
  }
  const message =
    completeInRow > 0
      ? `the agent reported ${completeInRow} times in a row that all is done`
      : 'the task says that all is done';
  return { reason: 'complete', exitCode: EXIT.ok, message, fix: null };
}

export function endingByIterations({ policy, lastOutcome }: LoopContext): Ending {
  const { exitCode } = outcomeRule(lastOutcome ?? 'unknown');
  return policy.endsByOutcome
    ? { reason: 'once', exitCode, message: null, fix: null }
    : { reason: 'max_iterations', exitCode: EXIT.ok, message: null, fix: null };
}

export function endingByOutcome(context: LoopContext): Ending {
  const outcome = context.lastOutcome ?? 'unknown';
  const { exitCode } = outcomeRule(outcome);
  return { reason: outcome, exitCode, message: null, fix: null };
}

function changeOpen(context: LoopContext, change: Partial<OpenIteration>): Change {
  return context.open ? { open: { ...context.open, ...change } } : {};
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
