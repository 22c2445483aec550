import type { AttemptResult, TreeUsage } from '../domain/attempt.ts';
import { isOutcome } from '../domain/outcome.ts';
import type { Spent, Tokens } from '../domain/tokens.ts';
import { hasShape, isCount, isNumber, isString, listOf, orNull, type Shape } from './shape.ts';

const TOKENS: Shape<Tokens> = { in: isNumber, out: isNumber, cached: isNumber };

const USAGE: Shape<TreeUsage> = {
  peakMemoryBytes: orNull(isNumber),
  peakProcesses: orNull(isCount),
  cpuSeconds: orNull(isNumber),
};

export const SPENT: Shape<Spent> = {
  costUsd: orNull(isNumber),
  tokens: orNull((value) => hasShape(value, TOKENS)),
};

/** What `result.json` holds. */
export const RESULT: Shape<AttemptResult> = {
  format: (value) => value === 1,
  attemptId: isString,
  outcome: isOutcome,
  exitCode: orNull(isNumber),
  signal: orNull(isString),
  startedAtEpochMs: isNumber,
  endedAtEpochMs: isNumber,
  costUsd: orNull(isNumber),
  costIsEstimated: (value) => value === undefined || typeof value === 'boolean',
  tokens: orNull((value) => hasShape(value, TOKENS)),
  turns: orNull(isNumber),
  model: orNull(isString),
  sessionId: orNull(isString),
  sessionSpent: (value) => value === undefined || hasShape(value, SPENT),
  denials: listOf(isString),
  limitResetEpochMs: orNull(isNumber),
  finalMessage: isString,
  reason: isString,
  swept: listOf(isString),
  usage: (value) => hasShape(value, USAGE),
  outputBytes: isCount,
};
