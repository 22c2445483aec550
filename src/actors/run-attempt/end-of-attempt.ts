import type { AttemptEnd } from '../../domain/open-iteration.ts';
import { NOTHING_TOLD } from '../../domain/tokens.ts';
import type { AttemptResult } from '../../domain/attempt.ts';

/** What the machine has to know of a result; the rest stays in `result.json`. */
export function endOfAttempt(result: AttemptResult): AttemptEnd {
  const { outcome, exitCode, signal, costUsd, tokens, turns, model } = result;
  const { limitResetEpochMs, reason, swept, usage, outputBytes } = result;
  const { costIsEstimated = false, sessionId, sessionSpent = NOTHING_TOLD } = result;
  return {
    ...{
      costIsEstimated,
      session: sessionId === null ? null : { id: sessionId, spent: sessionSpent },
    },
    ...{ outcome, exitCode, signal, costUsd, tokens, turns, model },
    ...{ limitResetEpochMs, swept, usage, outputBytes },
    reason: reason.slice(0, 300),
    durationMs: Math.max(0, result.endedAtEpochMs - result.startedAtEpochMs),
  };
}
