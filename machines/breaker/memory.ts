import type {
  BreakerCause,
  BreakerEvidence,
  BreakerPolicy,
  BreakerState,
} from '../../src/domain/breaker.ts';
import { errorFingerprint } from '../../src/domain/error-fingerprint.ts';
import { countsAsFailure, isSuccess } from '../../src/domain/outcome.ts';

/** What the breaker remembers of the iterations so far. */
export interface BreakerMemory {
  readonly failuresInRow: number;
  readonly sameError: { readonly fingerprint: string; readonly count: number } | null;
  readonly sameTarget: { readonly target: string; readonly count: number } | null;
  readonly unchangedInRow: number;
  /** How often it has opened since it was closed. */
  readonly opens: number;
  /** Why it opened last. */
  readonly cause: BreakerCause | null;
  /** The newest last. */
  readonly lastErrors: readonly LastError[];
}

export interface LastError {
  readonly iteration: number;
  /** Outcome and reason, one line. */
  readonly words: string;
}

export const EMPTY_MEMORY: BreakerMemory = {
  failuresInRow: 0,
  sameError: null,
  sameTarget: null,
  unchangedInRow: 0,
  opens: 0,
  cause: null,
  lastErrors: [],
};

/** A breaker as data: it lies in the context of the loop, and with it on disk. */
export interface Breaker {
  readonly state: 'closed' | 'open' | 'halfOpen';
  readonly memory: BreakerMemory;
}

export const CLOSED_BREAKER: Breaker = { state: 'closed', memory: EMPTY_MEMORY };

/** As events and `status` name it. */
export function breakerStateName({ state }: Breaker): BreakerState {
  return state === 'halfOpen' ? 'half_open' : state;
}

/** With one iteration more. What was not the agent's doing is not remembered. */
export function remember(memory: BreakerMemory, evidence: BreakerEvidence): BreakerMemory {
  const { outcome, changed } = evidence;
  const isFailure = countsAsFailure(outcome);
  if (!isFailure && !isSuccess(outcome)) {
    return memory;
  }
  return {
    ...memory,
    failuresInRow: isFailure ? memory.failuresInRow + 1 : 0,
    sameError: isFailure ? countedError(memory, evidence) : null,
    sameTarget: isFailure || changed === false ? countedTarget(memory, evidence) : null,
    unchangedInRow:
      changed === false ? memory.unchangedInRow + 1 : isFailure ? memory.unchangedInRow : 0,
    lastErrors: isFailure
      ? [...memory.lastErrors, errorOf(evidence)].slice(-MOST_ERRORS)
      : memory.lastErrors,
  };
}

/** What has repeated too often; null: nothing has. */
export function repetition(memory: BreakerMemory, policy: BreakerPolicy): BreakerCause | null {
  const counts: readonly (readonly [BreakerCause, number, number])[] = [
    ['same_error', memory.sameError?.count ?? 0, policy.sameError],
    ['same_target', memory.sameTarget?.count ?? 0, policy.sameTarget],
    ['failures', memory.failuresInRow, policy.failures],
    ['no_change', memory.unchangedInRow, policy.noChange],
  ];
  return counts.find(([, count, limit]) => limit > 0 && count >= limit)?.[0] ?? null;
}

/** Milliseconds from its last opening to the next probe. */
export function cooldownMs({ opens }: BreakerMemory, policy: BreakerPolicy): number {
  const grown = policy.cooldownMs * 2 ** Math.min(opens - 1, 20);
  return Math.min(grown, Math.max(HOUR_MS, policy.cooldownMs));
}

const MOST_ERRORS = 3;
const HOUR_MS = 3_600_000;

function countedError({ sameError }: BreakerMemory, { outcome, reason }: BreakerEvidence) {
  const fingerprint = errorFingerprint(outcome, reason);
  const count = sameError?.fingerprint === fingerprint ? sameError.count + 1 : 1;
  return { fingerprint, count };
}

function countedTarget({ sameTarget }: BreakerMemory, { target }: BreakerEvidence) {
  return target === null
    ? null
    : { target, count: sameTarget?.target === target ? sameTarget.count + 1 : 1 };
}

function errorOf({ iteration, outcome, reason }: BreakerEvidence): LastError {
  return { iteration, words: `${outcome}${reason === '' ? '' : `: ${reason}`}`.slice(0, 200) };
}
