import type { Outcome } from '../../domain/outcome.ts';
import type { Evidence } from './evidence.ts';
import type { ResultLine } from './result-line.ts';
import { speaksOfUsageLimit } from './usage-limit.ts';

/** Why a result is an error: the first rule that fits says the outcome. */
export function failureOutcome(result: ResultLine, { messageError, limit }: Evidence): Outcome {
  const failure = {
    ...result,
    kinds: [messageError, result.apiError],
    isLimitRejected: limit?.isRejected ?? false,
  };
  return RULES.find(([, fits]) => fits(failure))?.[0] ?? 'failed';
}

interface Failure extends ResultLine {
  readonly kinds: readonly (string | null)[];
  readonly isLimitRejected: boolean;
}

const RULES: readonly (readonly [Outcome, (failure: Failure) => boolean])[] = [
  ['max_turns', ({ subtype }) => subtype === 'error_max_turns'],
  ['budget_exceeded', ({ subtype }) => subtype === 'error_max_budget_usd'],
  // Its words quote what the model gave.
  ['failed', ({ subtype }) => subtype === 'error_max_structured_output_retries'],
  ['interrupted', ({ terminalReason }) => terminalReason?.startsWith('aborted_') ?? false],
  ['prompt_too_long', isTooLong],
  ['auth_failed', isCreditMissing],
  ['usage_limited', isUsageLimit],
  ['auth_failed', isLoginRefused],
  ['worker_unavailable', (failure) => failure.status === 404 || isOf(['model_not_found'])(failure)],
  ['rate_limited', (failure) => failure.status === 429 || isOf(['rate_limit'])(failure)],
  ['failed', isRefusedByContent],
  ['network_failed', isServiceFailure],
];

function isTooLong({ terminalReason, status, apiError, words }: Failure): boolean {
  return (
    terminalReason === 'prompt_too_long' ||
    status === 413 ||
    apiError === 'message_over_context_limit' ||
    /^prompt is too long/i.test(words)
  );
}

function isCreditMissing(failure: Failure): boolean {
  return isOf(CREDIT_ERRORS)(failure) || /^credit balance is too low/i.test(failure.words);
}

function isUsageLimit({ status, apiError, isLimitRejected, words }: Failure): boolean {
  return (
    apiError === 'usage_limit_reached' ||
    (status === 429 && isLimitRejected) ||
    speaksOfUsageLimit(words)
  );
}

function isLoginRefused(failure: Failure): boolean {
  const { status, words } = failure;
  return (
    [401, 402, 403].includes(status ?? 0) ||
    isOf(LOGIN_ERRORS)(failure) ||
    /\bplease run \/login\b/i.test(words)
  );
}

// The model would not, or could not within its length: the service itself works.
function isRefusedByContent(failure: Failure): boolean {
  return (
    failure.stopReason === 'refusal' || isOf(['max_output_tokens', 'invalid_request'])(failure)
  );
}

function isServiceFailure(failure: Failure): boolean {
  const { status, terminalReason } = failure;
  const hasBrokenOff = status === null && terminalReason === 'api_error';
  return hasBrokenOff || status === 408 || (status ?? 0) >= 500 || isOf(SERVICE_ERRORS)(failure);
}

function isOf(kinds: readonly string[]): (failure: Failure) => boolean {
  return (failure) => failure.kinds.some((kind) => kind !== null && kinds.includes(kind));
}

// From the CLI's own lists of message errors and API errors, 2.1.330. Words are looked at where versions before them have none.
const CREDIT_ERRORS = [
  'billing_error',
  'model_requires_usage_credits',
  'long_context_credits_required',
];
const LOGIN_ERRORS = [
  'authentication_failed',
  'oauth_org_not_allowed',
  'account_on_hold',
  'verification_required',
  'cloud_credential_error',
  'provider_credentials',
  'gateway_signin_required',
  'gateway_session_expired',
  'api_key_auth_disabled',
  'org_disabled_credential',
  'invalid_credential_header',
  'stored_login_refused',
  'oauth_refresh_store_refused',
  'named_profile_unusable',
];
const SERVICE_ERRORS = [
  'connection_failed',
  'server_error',
  'overloaded',
  'no_response',
  'stream_idle_timeout',
];
