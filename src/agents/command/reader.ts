import type { Outcome } from '../../domain/outcome.ts';
import { NOTHING_TOLD } from '../../domain/tokens.ts';
import type { AgentExit, AgentReader } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';

/** Every line is a sign of life and none is final: only its exit tells how it ended. */
export function createCommandReader(): AgentReader {
  return {
    spent: NOTHING_TOLD,
    read: () => ({ life: true, final: false, openTools: 0 }),
    conclude: (exit) => ({
      outcome: outcomeOf(exit),
      reason: describeExit(exit),
      costUsd: null,
      tokens: null,
      sessionSpent: NOTHING_TOLD,
      turns: null,
      model: null,
      sessionId: null,
      denials: [],
      limitResetEpochMs: null,
      finalMessage: exit.stdoutTail.trim(),
    }),
  };
}

function outcomeOf(exit: AgentExit): Outcome {
  if (deathSignal(exit) !== null) {
    return 'interrupted';
  }
  if (exit.exitCode === null) {
    return 'unknown';
  }
  return exit.exitCode === 0 ? 'succeeded' : 'failed';
}
