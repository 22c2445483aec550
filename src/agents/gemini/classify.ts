import type { Outcome } from '../../domain/outcome.ts';
import type { AgentExit } from '../agent.ts';
import { deathSignal } from '../death-signal.ts';
import { describeExit } from '../describe-exit.ts';
import { plainLine } from '../plain-line.ts';
import type { Evidence } from './evidence.ts';
import { failureOutcome } from './failure-rules.ts';
import { readFailure, type Failure } from './failure.ts';
import { withLastWords } from './last-words.ts';
import { limitReset } from './usage-limit.ts';

interface Judgement {
  readonly outcome: Outcome;
  /** One line. */
  readonly reason: string;
  readonly limitResetEpochMs: number | null;
}

/** Judges an attempt of Gemini CLI by its last result, then by its exit. Exit 0 alone is never success. */
export function classify(evidence: Evidence, exit: AgentExit): Judgement {
  const { result, trouble } = evidence;
  if (result?.status !== 'error') {
    const [outcome, reason] =
      result === null ? judgeWithoutResult(evidence, exit) : judgeGoodResult(evidence, exit);
    return { outcome, reason, limitResetEpochMs: null };
  }
  const failure = readFailure(result, { exit, trouble });
  const outcome = failureOutcome(failure);
  return {
    outcome,
    reason: describeFailure(failure),
    limitResetEpochMs:
      outcome === 'usage_limited' ? limitReset(failure, exit.endedAtEpochMs) : null,
  };
}

type Verdict = readonly [outcome: Outcome, reason: string];

function judgeGoodResult(evidence: Evidence, exit: AgentExit): Verdict {
  if (deathSignal(exit) !== null) {
    return ['interrupted', `${describeExit(withLastWords(exit))} after its result`];
  }
  if (evidence.result?.status !== 'success' || exit.exitCode === null) {
    return ['unknown', `a result that nothing explains, ${describeExit(withLastWords(exit))}`];
  }
  return exit.exitCode === 0
    ? judgeSuccess(evidence)
    : ['failed', `${describeExit(withLastWords(exit))} after its result`];
}

function judgeSuccess({ trouble, hasWorked, prompt, denials }: Evidence): Verdict {
  const gaveUp = GIVES_UP.find(([, words]) => words.test(trouble));
  if (gaveUp) {
    return [gaveUp[0], plainLine(trouble, 300)];
  }
  if (!hasWorked) {
    return prompt !== 'short' ? TOO_LONG : ['failed', 'it ended without asking its model'];
  }
  return denials.length > 0
    ? ['permission_denied', `it was denied ${denials.join(', ')}`]
    : ['succeeded', 'its result is a success'];
}

const GIVES_UP: readonly (readonly [Outcome, RegExp])[] = [
  ['failed', /^loop detected/i],
  ['max_turns', /^maximum session turns exceeded/i],
];

const TOO_LONG: Verdict = ['prompt_too_long', 'its prompt is too long for its model'];

// SIGTERM, SIGINT and SIGHUP end it with exit code 0. A prompt that its model cannot hold does so too, at once: often before all of what it printed is out.
function judgeWithoutResult(evidence: Evidence, exit: AgentExit): Verdict {
  const reason = `no result, ${describeExit(withLastWords(exit))}`;
  if (deathSignal(exit) !== null) {
    return ['interrupted', reason];
  }
  if (exit.exitCode === null || exit.exitCode === 0) {
    return evidence.prompt === 'torn' && !evidence.hasWorked
      ? TOO_LONG
      : [evidence.hasSpoken ? 'interrupted' : 'unknown', reason];
  }
  return [evidence.hasSpoken ? 'failed' : refusalToStart(exit), reason];
}

// A wrong flag, a folder that is not trusted: it says so on stderr before it starts.
function refusalToStart({ exitCode, stderrTail }: AgentExit): Outcome {
  if (exitCode === 41) {
    return 'auth_failed';
  }
  // A new session may do.
  const isSessionMissing = /^Error resuming session\b/m.test(stderrTail);
  return stderrTail.trim() === '' || isSessionMissing ? 'failed' : 'worker_unavailable';
}

function describeFailure({ words, status, kind }: Failure): string {
  const cause = status === null ? (kind ?? 'error') : `status ${status}`;
  const detail = plainLine(words, 300);
  return detail === '' ? plainLine(cause, 80) || 'error' : `${detail} (${plainLine(cause, 80)})`;
}
