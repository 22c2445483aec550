import type { AgentExit } from '../agent.ts';
import {
  countOf,
  objectOf,
  objectsOf,
  parseJsonLine,
  textOf,
  type JsonObject,
} from '../json-line.ts';
import { readErrorReport } from './error-report.ts';
import type { ResultLine } from './result-line.ts';

/** Why an attempt failed, put together from all that the CLI tells of it: null and '' are not told. */
export interface Failure {
  /** Class of the error in the CLI. */
  readonly kind: string | null;
  /** HTTP status of the service's refusal. */
  readonly status: number | null;
  /** Reasons by Google's list, as `API_KEY_INVALID`. */
  readonly reasons: readonly string[];
  readonly words: string;
  readonly retryDelayMs: number | null;
}

/** `trouble`: the last `error` line, which stands for a result without words. */
export function readFailure(
  { errorType, words }: ResultLine,
  { exit, trouble }: { readonly exit: AgentExit; readonly trouble: string },
): Failure {
  const told = withoutFrame(words || trouble);
  const refusal = unwrap(parseJsonLine(told));
  const report = readErrorReport(exit.stderrTail);
  return {
    kind: errorType ?? report.kind,
    status:
      countOf(refusal.code) ??
      (errorType === null ? (statusOf(exit.exitCode) ?? report.status) : null),
    reasons: objectsOf(refusal.details).map(({ reason }) => textOf(reason) ?? ''),
    words: textOf(refusal.message) ?? told,
    retryDelayMs: report.retryDelayMs,
  };
}

function withoutFrame(words: string): string {
  return /^\[API Error: ([\s\S]*)\]/.exec(words)?.[1] ?? words;
}

// A refusal that did not come as JSON is put into the message of another.
function unwrap(line: JsonObject | null): JsonObject {
  const error = objectOf(line?.error);
  const inner = objectOf(parseJsonLine(textOf(error.message) ?? '')?.error);
  return textOf(inner.message) === null ? error : inner;
}

// It exits with the HTTP status, of which the system keeps the last eight bits: 400 is 144, which no signal's 128+n is, 503 is 247, 524 is 12.
function statusOf(exitCode: number | null): number | null {
  if (exitCode === null || exitCode <= 1 || (exitCode > 87 && exitCode < 144)) {
    return null;
  }
  return exitCode >= 144 ? exitCode + 256 : exitCode + 512;
}
