import type { Outcome } from '../../domain/outcome.ts';
import type { ErrorLine } from './error-line.ts';
import { isUsageLimit } from './usage-limit.ts';

/** Why an error is one: the first rule that fits says the outcome. `log`: the end of what it logged to stderr. */
export function failureOutcome(error: ErrorLine, log: string): Outcome {
  return RULES.find(([, fits]) => fits(error, log))?.[0] ?? 'failed';
}

type Fits = (error: ErrorLine, log: string) => boolean;

const RULES: readonly (readonly [Outcome, Fits])[] = [
  ['prompt_too_long', isOf('ContextOverflowError')],
  ['auth_failed', isOf('ProviderAuthError')],
  ['interrupted', isOf('MessageAbortedError')],
  ['failed', isOf('ContentFilterError', 'MessageOutputLengthError', 'StructuredOutputError')],
  ['worker_unavailable', isModelUnknown],
  ['usage_limited', isUsageLimit],
  ['auth_failed', isCreditMissing],
  ['max_turns', isLastStepRefused],
  ['auth_failed', hasStatus(401, 402, 403)],
  ['worker_unavailable', hasStatus(404)],
  ['prompt_too_long', hasStatus(413)],
  ['rate_limited', isRateLimit],
  ['network_failed', isServiceFailure],
];

function isOf(...names: readonly string[]): Fits {
  return ({ name }) => names.includes(name);
}

function hasStatus(...statuses: readonly number[]): Fits {
  return ({ status }) => status !== null && statuses.includes(status);
}

// The line itself says no more than "Unexpected server error".
function isModelUnknown({ name }: ErrorLine, log: string): boolean {
  return (
    name === 'ProviderModelNotFoundError' ||
    (name === 'UnknownError' && /\berror="?ProviderModelNotFoundError:/.test(log))
  );
}

function isCreditMissing({ kinds, words }: ErrorLine): boolean {
  return (
    kinds.some((kind) => CREDIT_KINDS.includes(kind)) ||
    /^your credit balance is too low/i.test(words)
  );
}

const CREDIT_KINDS = ['CreditsError', 'billing_error', 'insufficient_quota'];

// At the limit of steps it puts words into the model's mouth, which newer models of Anthropic refuse.
function isLastStepRefused({ status, words }: ErrorLine): boolean {
  return status === 400 && /\bassistant message prefill\b/i.test(words);
}

function isRateLimit({ status, kinds, words }: ErrorLine): boolean {
  return (
    status === 429 ||
    kinds.includes('rate_limit_error') ||
    (status === null && /too many requests|rate.limit/i.test(words))
  );
}

function isServiceFailure({ name, status, isRetryable, kinds, words }: ErrorLine): boolean {
  return (
    (status === null ? isRetryable : status === 408 || status >= 500) ||
    kinds.some((kind) => SERVICE_KINDS.includes(kind)) ||
    (name === 'UnknownError' && BROKEN_OFF.test(words))
  );
}

const SERVICE_KINDS = ['api_error', 'overloaded_error', 'server_error', 'timeout_error'];
const BROKEN_OFF = /timed out|timeout|connect|socket|network|fetch failed|overloaded/i;
