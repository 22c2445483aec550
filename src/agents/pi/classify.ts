import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import type { Answer } from './answer.ts';
import { readApiError, type ApiError } from './api-error.ts';
import { failureOutcome } from './failure-rules.ts';
import type { Judgement } from './judgement.ts';
import { judgeRefusalToStart } from './refusal-to-start.ts';

/** What is known when the process has ended. */
export interface Evidence {
  /** Its agent went to work. */
  readonly hasBegun: boolean;
  /** Its last run of the agent has come to an end. */
  readonly isOver: boolean;
  readonly isAborted: boolean;
  /** The last one. */
  readonly answer: Answer | null;
}

/** Judges an attempt of pi by its last answer, then by its exit: that is 0 for every error of the model's service. */
export function classify(evidence: Evidence, exit: AgentExit): Judgement {
  const { isOver, isAborted, answer } = evidence;
  if (!isOver || answer === null) {
    return judgeWithoutEnd(evidence, exit);
  }
  if (answer.stopReason === 'error') {
    const error = readApiError(answer.errorWords);
    return { outcome: failureOutcome(error), reason: describeError(error) };
  }
  if (isAborted || answer.stopReason === 'aborted') {
    return { outcome: 'interrupted', reason: `it was told to stop, ${describeExit(exit)}` };
  }
  return judgeAnswer(answer, exit);
}

function judgeAnswer({ stopReason, isVoid }: Answer, exit: AgentExit): Judgement {
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason: `${describeExit(exit)} after its end` };
  }
  if (stopReason === 'length') {
    return { outcome: 'failed', reason: 'its answer was cut off at the limit of the model' };
  }
  if (!GOOD_ENDS.has(stopReason) || exit.exitCode === null) {
    return { outcome: 'unknown', reason: `an end that nothing explains, ${describeExit(exit)}` };
  }
  if (exit.exitCode !== 0) {
    return { outcome: 'failed', reason: `${describeExit(exit)} after its end` };
  }
  return isVoid
    ? { outcome: 'network_failed', reason: 'what answered was no model' }
    : { outcome: 'succeeded', reason: 'its last answer is a whole one' };
}

// A tool of an extension may end the work.
const GOOD_ENDS = new Set<string | null>(['stop', 'toolUse']);

function judgeWithoutEnd({ hasBegun, isOver }: Evidence, exit: AgentExit): Judgement {
  const reason = `no end of its work, ${describeExit(exit)}`;
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason };
  }
  if (!hasBegun) {
    return judgeRefusalToStart(exit);
  }
  if (exit.exitCode === 0) {
    return { outcome: isOver ? 'unknown' : 'interrupted', reason };
  }
  return { outcome: exit.exitCode === null ? 'interrupted' : 'failed', reason };
}

function describeError({ message, status }: ApiError): string {
  const detail = plainLine(message, 300) || 'an error without words';
  return status === null ? detail : `${detail} (status ${status})`;
}
