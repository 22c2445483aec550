import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import type { ErrorLine } from './error-line.ts';
import type { Evidence } from './evidence.ts';
import { failureOutcome } from './failure-rules.ts';

interface Judgement {
  readonly outcome: Outcome;
  /** One line. */
  readonly reason: string;
}

/** Judges an attempt of opencode by its last error or step, then by its exit. Exit 0 alone is never success. */
export function classify(evidence: Evidence, exit: AgentExit): Judgement {
  const { error, endReason, isUnanswered } = evidence;
  if (isUnanswered) {
    return { outcome: 'network_failed', reason: 'its service gives answers with nothing in them' };
  }
  if (error !== null) {
    const outcome = failureOutcome(error, exit.stderrTail);
    return { outcome, reason: describeError(error, exit) };
  }
  return endReason === null
    ? judgeWithoutEnd(evidence, exit)
    : judgeEnd({ ...evidence, endReason }, exit);
}

function judgeEnd(
  { endReason, hasErred, denials }: Evidence & { readonly endReason: string },
  exit: AgentExit,
): Judgement {
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason: `${describeExit(exit)} after its last step` };
  }
  if (CUT_OFF[endReason] !== undefined) {
    return { outcome: 'failed', reason: CUT_OFF[endReason] };
  }
  if (endReason !== 'stop' || exit.exitCode === null) {
    const reason = `a last step that nothing explains (${plainLine(endReason, 80)}), ${describeExit(exit)}`;
    return { outcome: 'unknown', reason };
  }
  // It ends with exit code 1 once it told an error, whatever it did after it: so does one that we ended meanwhile.
  if (exit.exitCode !== 0 || hasErred) {
    const errors = hasErred ? ', and it had told an error before' : '';
    return { outcome: 'failed', reason: `${describeExit(exit)} after its last step${errors}` };
  }
  return denials.length > 0
    ? denied(denials)
    : { outcome: 'succeeded', reason: 'its last step came to its end' };
}

const CUT_OFF: Readonly<Record<string, string>> = {
  length: 'its answer was cut off at the limit of output tokens',
  'content-filter': 'its answer was withheld by the content filter of the service',
};

// Its configuration may say that a refused tool call ends the attempt.
function judgeWithoutEnd({ hasSpoken, denials }: Evidence, exit: AgentExit): Judgement {
  const reason = `no end of its work, ${describeExit(exit)}`;
  if (deathSignal(exit) !== null) {
    return { outcome: 'interrupted', reason };
  }
  if (exit.exitCode === 0 && denials.length > 0) {
    return denied(denials);
  }
  if (exit.exitCode === null || exit.exitCode === 0) {
    return { outcome: hasSpoken ? 'interrupted' : 'unknown', reason };
  }
  return { outcome: hasSpoken ? 'failed' : refusalToStart(exit), reason };
}

function denied(denials: readonly string[]): Judgement {
  return { outcome: 'permission_denied', reason: `it was denied ${denials.join(', ')}` };
}

// What a new attempt cannot mend. Not among them: a session that is gone, a database that is locked.
function refusalToStart({ exitCode, stderrTail }: AgentExit): Outcome {
  return exitCode === 126 || exitCode === 127 || CANNOT_START.test(stderrTail)
    ? 'worker_unavailable'
    : 'failed';
}

// Its usage, and what is wrong with its configuration.
const CANNOT_START =
  /^opencode run \[message|configuration is invalid at |is not valid JSON|^Options:$/im;

function describeError({ name, words, status }: ErrorLine, exit: AgentExit): string {
  const kind = status === null ? plainLine(name, 80) || 'error' : `status ${status}`;
  const detail = plainLine(LOGGED.exec(exit.stderrTail)?.[1] ?? words, 300);
  return detail === '' ? kind : `${detail} (${kind})`;
}

const LOGGED = /\berror="(ProviderModelNotFoundError: [^"\n]*)"/;
