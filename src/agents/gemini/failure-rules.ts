import type { Outcome } from '../../domain/outcome.ts';
import type { Failure } from './failure.ts';
import { isUsageLimit } from './usage-limit.ts';

/** Why a result is an error: the first rule that fits says the outcome. */
export function failureOutcome(failure: Failure): Outcome {
  return RULES.find(([, fits]) => fits(failure))?.[0] ?? 'failed';
}

const RULES: readonly (readonly [Outcome, (failure: Failure) => boolean])[] = [
  ['max_turns', isOf(['FatalTurnLimitedError'])],
  ['interrupted', isOf(['FatalCancellationError'])],
  ['resource_exceeded', isOf(['no_space_left', 'FatalToolExecutionError'])],
  ['auth_failed', isOf(['FatalAuthenticationError', 'ValidationRequiredError'])],
  [
    'worker_unavailable',
    isOf(['FatalConfigError', 'FatalSandboxError', 'FatalUntrustedWorkspaceError']),
  ],
  ['prompt_too_long', isTooLong],
  ['auth_failed', isLoginRefused],
  ['auth_failed', isBillingMissing],
  ['usage_limited', isUsageLimit],
  ['worker_unavailable', isModelUnknown],
  ['rate_limited', (failure) => failure.status === 429],
  ['network_failed', isServiceFailure],
];

function isOf(kinds: readonly string[]): (failure: Failure) => boolean {
  return ({ kind }) => kind !== null && kinds.includes(kind);
}

function isTooLong({ status, words }: Failure): boolean {
  return (
    status === 413 ||
    /\binput token count .{0,40}exceeds the maximum number of tokens|\brequest payload size exceeds the limit/i.test(
      words,
    )
  );
}

// A bad key is a 400 like any other bad request.
function isLoginRefused({ status, reasons, words }: Failure): boolean {
  return (
    [401, 402, 403].includes(status ?? 0) ||
    reasons.includes('API_KEY_INVALID') ||
    /\bAPI key (?:not valid|expired|not found)/i.test(words)
  );
}

// "limit: 0" is what a plan has of a model that it does not include.
function isBillingMissing({ status, reasons, words }: Failure): boolean {
  return (
    reasons.includes('INSUFFICIENT_G1_CREDITS_BALANCE') ||
    /\bcredits are depleted|\benable billing\b|\buser location is not supported/i.test(words) ||
    (status === 429 && /\blimit: 0(?![\d.])/.test(words))
  );
}

function isModelUnknown({ status, kind, words }: Failure): boolean {
  return (
    status === 404 ||
    kind === 'ModelNotFoundError' ||
    /^models?\/\S+ is not found\b|^requested entity was not found/i.test(words)
  );
}

function isServiceFailure({ status, words }: Failure): boolean {
  return (
    [408, 499].includes(status ?? 0) ||
    (status ?? 0) >= 500 ||
    (status === null && BROKEN.test(words))
  );
}

// Without a status there are only the words of Node and of Google's client library for a connection that failed or an answer that broke off.
const BROKEN =
  /fetch failed|^terminated$|incomplete json segment|without a finish reason|premature close|socket hang up|retry attempts exhausted|\b(?:ECONN\w+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|EPROTO|UND_ERR_\w+|ERR_SSL_\w+)\b|\bunexpected token\b.*\bJSON\b/i;
