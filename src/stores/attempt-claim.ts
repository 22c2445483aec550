import type { AttemptClaim } from '../domain/attempt.ts';
import type { Budget } from '../domain/cap.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { hasShape, isCount, isNumber, isString, orNull, type Shape } from './shape.ts';

const IDENTITY: Shape<ProcessIdentity> = { pid: isCount, startTicks: isString, bootId: isString };

export const BUDGET: Shape<Budget> = { costUsd: orNull(isNumber), tokens: orNull(isNumber) };

/** What `claim.json` holds. */
export const CLAIM: Shape<AttemptClaim> = {
  format: (value) => value === 1,
  attemptId: isString,
  isolation: orNull((value) => hasShape(value, IDENTITY)),
  agent: isString,
  startedAtEpochMs: isNumber,
  deadlineEpochMs: isNumber,
  idleTimeoutMs: isNumber,
  graceMs: isNumber,
  supervision: (value) => value === 'strict' || value === 'base',
  budget: (value) => value === undefined || hasShape(value, BUDGET),
};
