import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit, AgentReader } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { plainLine } from '../plain-line.ts';

/** Every line is a sign of life and none is final: only its exit tells how it ended. */
export function createCommandReader(): AgentReader {
  return {
    read: () => ({ life: true, final: false, openTools: 0 }),
    conclude: (exit) => ({
      ...judge(exit),
      costUsd: null,
      tokens: null,
      turns: null,
      model: null,
      sessionId: null,
      denials: [],
      limitResetEpochMs: null,
      finalMessage: exit.stdoutTail.trim(),
    }),
  };
}

function judge(exit: AgentExit): { outcome: Outcome; reason: string } {
  const signal = deathSignal(exit);
  if (signal !== null) {
    return { outcome: 'interrupted', reason: `died of ${signal}` };
  }
  if (exit.exitCode === null) {
    return { outcome: 'unknown', reason: 'neither exit code nor signal is known' };
  }
  return exit.exitCode === 0
    ? { outcome: 'succeeded', reason: 'exit code 0' }
    : { outcome: 'failed', reason: withLastWords(`exit code ${exit.exitCode}`, exit.stderrTail) };
}

function withLastWords(reason: string, stderrTail: string): string {
  const last = plainLine(stderrTail.trim().split('\n').at(-1) ?? '', 300);
  return last === '' ? reason : `${reason}: ${last}`;
}
