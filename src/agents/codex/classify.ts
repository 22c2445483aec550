import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import { denialsIn } from './denials.ts';
import type { Evidence } from './evidence.ts';
import { failureOutcome } from './failure-rules.ts';

interface Judgement {
  readonly outcome: Outcome;
  /** One line. */
  readonly reason: string;
}

/** Judges an attempt of Codex by the end of its turn, then by its exit. Exit 0 alone is never success. */
export function classify(evidence: Evidence, exit: AgentExit): Judgement {
  const { turnEnd } = evidence;
  if (turnEnd === null) {
    return judgeWithoutEnd(evidence, exit);
  }
  return turnEnd.isFailure ? judgeFailure(turnEnd.words, evidence) : judgeGoodEnd(evidence, exit);
}

function judgeFailure(words: string, evidence: Evidence): Judgement {
  const outcome = failureOutcome(words);
  const reason = plainLine(words, 300) || 'its turn failed';
  // The prompt did fit: what has become too long is the conversation, and a new one is short.
  const hasGrown = outcome === 'prompt_too_long' && (evidence.hasWorked || evidence.isResumed);
  return { outcome: hasGrown ? 'failed' : outcome, reason };
}

function judgeGoodEnd({ hasWorked }: Evidence, exit: AgentExit): Judgement {
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason: `${describeExit(exit)} after its turn` };
  }
  if (exit.exitCode === null) {
    return { outcome: 'unknown', reason: `its turn is complete, but ${describeExit(exit)}` };
  }
  if (exit.exitCode !== 0) {
    return { outcome: 'failed', reason: `${describeExit(exit)} after its turn` };
  }
  // A refusal of the model reads like this, too.
  if (!hasWorked) {
    return {
      outcome: 'unknown',
      reason: 'its turn is complete, but it neither said nor did anything',
    };
  }
  const denials = denialsIn(exit.stderrTail);
  return denials.length > 0
    ? { outcome: 'permission_denied', reason: `it was denied ${denials.join(', ')}` }
    : { outcome: 'succeeded', reason: 'its turn is complete' };
}

function judgeWithoutEnd(evidence: Evidence, exit: AgentExit): Judgement {
  const reason = `its turn came to no end, ${describeExit(exit)}`;
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason };
  }
  if (exit.exitCode === null || exit.exitCode === 0) {
    return { outcome: evidence.hasStarted ? 'interrupted' : 'unknown', reason };
  }
  if (evidence.hasBegun) {
    // SIGINT ends a turn without a word, and then the process with this code.
    return { outcome: exit.exitCode === 1 ? 'interrupted' : 'failed', reason };
  }
  return { outcome: refusalToStart(evidence, exit), reason };
}

// It says why on stderr: a wrong flag or setting, a prompt beyond its own limit, a session that is gone.
function refusalToStart({ hasStarted }: Evidence, { stderrTail }: AgentExit): Outcome {
  if (/"input_error_code":"input_too_large"/.test(stderrTail)) {
    return 'prompt_too_long';
  }
  // A new session may well start where an old one does not.
  const isAboutSession = /\bthread\/resume failed\b/.test(stderrTail);
  return hasStarted || isAboutSession || stderrTail.trim() === '' ? 'failed' : 'worker_unavailable';
}
