import { backoffDelayMs } from '../../src/domain/backoff.ts';
import { outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { agentOf, nextFree } from './agents.ts';
import type { LoopContext, Wait } from './context.ts';
import type { LoopEventOf } from './events.ts';

/** How long a loop waits, and which attempts come after it. */

const LIMIT_JITTER_MS = 90_000;

/** May this end be followed by a new attempt of the same iteration, by its kind alone? */
export function isRetryable(context: LoopContext, end: AttemptEnd): boolean {
  const { open, policy } = context;
  const brokeOff = end.outcome === 'idle_timed_out' && canContinue(context, end);
  const isTrouble = outcomeRule(end.outcome).recovery === 'retry';
  const hasRetriesLeft = (open?.retries ?? 0) < policy.maxRetries;
  // The retry was for the work, which has not begun yet: without it a lost session would end the run.
  return couldNotResume(context, end) || ((isTrouble || brokeOff) && hasRetriesLeft);
}

/** A session that cannot be gone on with (expired, removed) is no reason to give up the work. */
function couldNotResume({ open }: LoopContext, end: AttemptEnd): boolean {
  const didNothing = (end.costUsd ?? 0) === 0 && (end.turns ?? 0) <= 1;
  return isResumed(open) && CANNOT_RESUME.has(end.outcome) && didNothing;
}

function isResumed(open: LoopContext['open']): boolean {
  return (open?.session ?? null) !== null;
}

const CANNOT_RESUME: ReadonlySet<string> = new Set(['worker_unavailable', 'failed', 'unknown']);

/** A new attempt goes on with what this one broke off, rather than beginning anew. */
function canContinue({ policy }: LoopContext, { session }: AttemptEnd): boolean {
  return policy.continuesSessions && session !== null;
}

/** The session that the attempt after this end goes on with. */
export function nextSession(context: LoopContext, end: AttemptEnd) {
  return canContinue(context, end) && !couldNotResume(context, end) ? end.session : null;
}

/** Exponential, with jitter; not before the moment that the service named. */
export function retryDelayMs(context: LoopContext, event: LoopEventOf<'worker.ended'>): number {
  const delay = backoffDelayMs({ retry: context.open?.retries ?? 0, jitter: event.jitter });
  const { limitResetEpochMs } = event.end;
  return Math.max(delay, limitResetEpochMs === null ? 0 : limitResetEpochMs - event.at);
}

export function retryWait(context: LoopContext, event: LoopEventOf<'worker.ended'>): Wait {
  const untilEpochMs = event.at + retryDelayMs(context, event);
  return { kind: 'backoff', sinceEpochMs: event.at, untilEpochMs, reason: event.end.outcome };
}

/**
 * Until the first agent is free again, with up to 90 s of jitter; a guess never longer than `--max-limit-wait` leaves.
 * `context` knows of the limit that was just met.
 */
export function limitWait(context: LoopContext, event: LoopEventOf<'worker.ended'>): Wait {
  const until = nextFree(context).untilEpochMs + Math.round(event.jitter * LIMIT_JITTER_MS);
  const leash = event.at + leashMs(context);
  const untilEpochMs = isGuess(context) ? Math.min(until, leash) : until;
  const reason = `the usage limit of ${agentOf(context)}`;
  return { kind: 'usage_limit', sinceEpochMs: event.at, untilEpochMs, reason };
}

/** Whether `--max-limit-wait` has room for that wait; a limit whose end nobody tells is tried while it has any. */
export function leashAllows(context: LoopContext, at: number): boolean {
  const left = leashMs(context);
  return isGuess(context) ? left > 0 : nextFree(context).untilEpochMs - at <= left;
}

function isGuess(context: LoopContext): boolean {
  return nextFree(context).guesses > 0;
}

function leashMs({ policy, limitWaitedMs }: LoopContext): number {
  return policy.maxLimitWaitMs === 0 ? Infinity : policy.maxLimitWaitMs - limitWaitedMs;
}

/** What waiting for limits has taken when the wait at hand ends now. */
export function limitWaitedBy({ wait, limitWaitedMs }: LoopContext, at: number): number {
  const isForLimit = wait?.kind === 'usage_limit';
  return isForLimit ? limitWaitedMs + Math.max(0, at - wait.sinceEpochMs) : limitWaitedMs;
}

/** Between two iterations. `context` has counted the one that ended. */
export function waitAfterIteration(
  context: LoopContext,
  { at, startedWorker }: { at: number; startedWorker: boolean },
): Wait {
  const intervalMs = intervalAfter(context, startedWorker);
  const troubleMs = troubleDelayMs(context.troublesInRow);
  const isTrouble = troubleMs > intervalMs;
  return {
    kind: isTrouble ? 'backoff' : 'interval',
    sinceEpochMs: at,
    untilEpochMs: at + Math.max(intervalMs, troubleMs),
    reason: isTrouble
      ? `${context.lastOutcome ?? 'trouble'} ${context.troublesInRow} times in a row`
      : null,
  };
}

/** The interval; doubled for each iteration in a row that found nothing to do. */
function intervalAfter({ policy, unchangedInRow }: LoopContext, startedWorker: boolean): number {
  const most = Math.max(policy.maxIntervalMs, policy.intervalMs);
  const doubled = policy.intervalMs * 2 ** Math.min(unchangedInRow, 20);
  const intervalMs = Math.min(doubled, most);
  // With an interval of 0, what starts no worker (a selector that fails, nothing left to do) would spin.
  return startedWorker ? intervalMs : Math.max(intervalMs, LEAST_IDLE_MS);
}

/** An outage is tried at ever longer intervals: 10 s from the second iteration on, doubling to 15 minutes. */
function troubleDelayMs(troublesInRow: number): number {
  return troublesInRow < 2
    ? 0
    : Math.min(LONGEST_TROUBLE_MS, FIRST_TROUBLE_MS * 2 ** Math.min(troublesInRow - 2, 20));
}

const LEAST_IDLE_MS = 1_000;
const FIRST_TROUBLE_MS = 10_000;
const LONGEST_TROUBLE_MS = 900_000;

/** What is nobody's fault here ends no run, so it must not be paid for without a pause. */
export function countsAsTrouble(outcome: Outcome): boolean {
  return outcomeRule(outcome).class === 'environment';
}
