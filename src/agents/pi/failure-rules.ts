import type { Outcome } from '../../domain/outcome.ts';
import type { ApiError } from './api-error.ts';
import { isUsageLimit } from './usage-limit.ts';

/** What an error of the model's service comes to: the first rule that fits says the outcome. */
export function failureOutcome(error: ApiError): Outcome {
  return RULES.find(([, fits]) => fits(error))?.[0] ?? 'failed';
}

const RULES: readonly (readonly [Outcome, (error: ApiError) => boolean])[] = [
  ['prompt_too_long', isTooLong],
  ['usage_limited', isUsageLimit],
  ['auth_failed', isLoginRefused],
  ['worker_unavailable', isModelUnknown],
  ['rate_limited', isRateLimit],
  ['network_failed', isServiceFailure],
];

function isTooLong({ status, kinds, message }: ApiError): boolean {
  return (
    status === 413 ||
    hasKind(kinds, ['request_too_large', 'context_length_exceeded']) ||
    (status !== 429 && TOO_LONG_WORDS.test(message))
  );
}

const TOO_LONG_WORDS =
  /\b(?:prompt is too long|(?:maximum|available|model's) (?:context|prompt) (?:length|size)|exceeds? the (?:context window|maximum number of tokens)|context window exceed)/i;

function isLoginRefused({ status, kinds, message }: ApiError): boolean {
  return (
    [401, 402, 403].includes(status ?? 0) ||
    hasKind(kinds, LOGIN_KINDS) ||
    LOGIN_WORDS.test(message) ||
    // Google says the same of a limit that a minute heals.
    (/exceeded your current quota/i.test(message) && !kinds.includes('RESOURCE_EXHAUSTED'))
  );
}

const LOGIN_KINDS = [
  'authentication_error',
  'permission_error',
  'billing_error',
  'insufficient_quota',
  'invalid_api_key',
  'invalid_grant',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
];

const LOGIN_WORDS =
  /\b(?:no api key|credit balance is too low|insufficient (?:balance|credits)|extra usage is required)\b/i;

function isModelUnknown({ status, kinds }: ApiError): boolean {
  return status === 404 || hasKind(kinds, ['not_found_error', 'model_not_found', 'NOT_FOUND']);
}

function isRateLimit({ status, kinds, message }: ApiError): boolean {
  return (
    status === 429 ||
    hasKind(kinds, ['rate_limit_error', 'rate_limit_exceeded', 'RESOURCE_EXHAUSTED']) ||
    /^ThrottlingException|\btoo many requests\b/i.test(message)
  );
}

// Without a status it did not come to an answer, or the answer broke off.
function isServiceFailure({ status, kinds, message }: ApiError): boolean {
  return (
    status === 408 ||
    (status ?? 0) >= 500 ||
    hasKind(kinds, ['overloaded_error', 'api_error', 'server_error']) ||
    (status === null && BROKEN_OFF_WORDS.test(message))
  );
}

const BROKEN_OFF_WORDS =
  /\b(?:connection|network|socket|websocket|fetch failed|terminated|timed out|timeout|stream (?:ended|closed|disconnected|was interrupted)|E(?:CONN|HOST|NET)[A-Z]+|ENOTFOUND|EAI_AGAIN|overloaded|service unavailable|internal (?:server )?error|unexpected (?:token|end of))\b/i;

function hasKind(kinds: readonly string[], wanted: readonly string[]): boolean {
  return kinds.some((kind) => wanted.includes(kind));
}
