import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import type { Evidence } from './evidence.ts';
import { failureOutcome } from './failure-rules.ts';
import type { ResultLine } from './result-line.ts';

interface Judgement {
  readonly outcome: Outcome;
  /** One line. */
  readonly reason: string;
}

/** Judges an attempt of Claude Code by its last result, then by its exit. Exit 0 alone is never success. */
export function classify(evidence: Evidence, exit: AgentExit): Judgement {
  const { result } = evidence;
  if (result === null) {
    return judgeWithoutResult(evidence, exit);
  }
  return result.isError === true
    ? { outcome: failureOutcome(result, evidence), reason: describeError(result) }
    : judgeGoodResult(result, evidence, exit);
}

function judgeGoodResult(
  { isError, subtype }: ResultLine,
  { denials }: Evidence,
  exit: AgentExit,
): Judgement {
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason: `${describeExit(exit)} after its result` };
  }
  if (isError !== false || subtype !== 'success' || exit.exitCode === null) {
    return { outcome: 'unknown', reason: `a result that nothing explains, ${describeExit(exit)}` };
  }
  if (exit.exitCode !== 0) {
    return { outcome: 'failed', reason: `${describeExit(exit)} after its result` };
  }
  return denials.length > 0
    ? { outcome: 'permission_denied', reason: `it was denied ${denials.join(', ')}` }
    : { outcome: 'succeeded', reason: 'its result is a success' };
}

// SIGINT while it waits for the service ends it with exit code 0.
function judgeWithoutResult({ hasSpoken }: Evidence, exit: AgentExit): Judgement {
  const reason = `no result, ${describeExit(exit)}`;
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason };
  }
  if (exit.exitCode === null || exit.exitCode === 0) {
    return { outcome: hasSpoken ? 'interrupted' : 'unknown', reason };
  }
  return { outcome: hasSpoken ? 'failed' : refusalToStart(exit), reason };
}

// A wrong flag, bypassed permissions as root, no prompt: it says so on stderr before it starts.
function refusalToStart({ stderrTail }: AgentExit): Outcome {
  if (stderrTail.trim() === '') {
    return 'failed';
  }
  return /stdin input exceeds \d+ ?MB/i.test(stderrTail) ? 'prompt_too_long' : 'worker_unavailable';
}

function describeError({ words, status, subtype, terminalReason }: ResultLine): string {
  const kind =
    status === null
      ? plainLine(terminalReason ?? subtype ?? '', 80) || 'error'
      : `status ${status}`;
  const detail = plainLine(words, 300);
  return detail === '' ? kind : `${detail} (${kind})`;
}
