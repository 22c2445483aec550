import type { Headers } from '../model-api/wire-answer.ts';
import type { ErrorReply } from './reply.ts';

export const unauthorized = (): ErrorReply =>
  fails(401, {
    fields: { type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
    message:
      'Incorrect API key provided: dummy. You can find your API key at https://platform.openai.com/account/api-keys.',
  });

/** A login that was taken back. */
export const tokenRevoked = (): ErrorReply =>
  fails(401, {
    fields: { type: null, param: null, code: 'token_revoked' },
    message: 'Encountered invalidated oauth token for user, failing request',
  });

export const regionRefused = (): ErrorReply =>
  fails(403, {
    fields: {
      type: 'request_forbidden',
      param: null,
      code: 'unsupported_country_region_territory',
    },
    message: 'Country, region, or territory not supported',
  });

export const paymentRequired = (): ErrorReply =>
  fails(402, {
    fields: { type: 'invalid_request_error', param: null, code: 'billing_not_active' },
    message: 'Your account is not active, please check your billing details on our website.',
  });

/** A 429 that no waiting ends: the account has no credit. */
export const creditExhausted = (): ErrorReply =>
  fails(429, {
    fields: { type: 'insufficient_quota', param: null, code: 'insufficient_quota' },
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
  });

export const badRequest = (): ErrorReply =>
  fails(400, {
    fields: { type: 'invalid_request_error', param: 'tools', code: 'invalid_value' },
    message: "Invalid value: 'bogus'.",
  });

export const promptTooLong = (): ErrorReply =>
  fails(400, {
    fields: { type: 'invalid_request_error', param: 'input', code: 'context_length_exceeded' },
    message:
      'Your input exceeds the context window of this model. Please adjust your input and try again.',
  });

export const bodyTooLarge = (): ErrorReply =>
  fails(413, {
    fields: { type: 'invalid_request_error', param: null, code: null },
    message: 'Request body is too large.',
  });

export const modelNotFound = (model: string): ErrorReply =>
  fails(404, {
    fields: { type: 'invalid_request_error', param: null, code: 'model_not_found' },
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
  });

/** A 429 of the request rate; without `retryAfterSeconds` it names no moment to come back. */
export function rateLimited(limit: { readonly retryAfterSeconds?: number } = {}): ErrorReply {
  const { retryAfterSeconds } = limit;
  const advice =
    retryAfterSeconds === undefined ? '' : ` Please try again in ${retryAfterSeconds}s.`;
  return fails(429, {
    fields: { type: 'tokens', param: null, code: 'rate_limit_exceeded' },
    message: `Rate limit reached for gpt-5.5 in organization org-mock on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000.${advice}`,
    ...(retryAfterSeconds === undefined
      ? {}
      : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}

/** A 429 of a subscription's five-hour window; fields and headers are those of the real service. */
export function usageLimited(limit: {
  readonly resetsAtEpochSeconds: number;
  readonly plan?: string;
}): ErrorReply {
  const { resetsAtEpochSeconds, plan = 'plus' } = limit;
  const resetsInSeconds = resetsAtEpochSeconds - Math.floor(Date.now() / 1000);
  return fails(429, {
    fields: {
      type: 'usage_limit_reached',
      plan_type: plan,
      resets_at: resetsAtEpochSeconds,
      eligible_promo: null,
      resets_in_seconds: resetsInSeconds,
    },
    message: 'The usage limit has been reached',
    headers: usageWindowHeaders({ resetsAtEpochSeconds, resetsInSeconds, plan }),
  });
}

/** A usage limit whose message and headers name no end, or one of a workspace: `reached` is its kind. */
export function usageLimitedWithoutEnd(reached?: string): ErrorReply {
  return fails(429, {
    fields: { type: 'usage_limit_reached', plan_type: 'business' },
    message: 'The usage limit has been reached',
    ...(reached === undefined ? {} : { headers: { 'x-codex-rate-limit-reached-type': reached } }),
  });
}

/** A login whose plan has no Codex. */
export const usageNotIncluded = (): ErrorReply =>
  fails(429, {
    fields: { type: 'usage_not_included', plan_type: 'free' },
    message: 'The usage limit has been reached',
  });

export const overloaded = (): ErrorReply =>
  fails(503, {
    fields: { type: 'service_unavailable_error', param: null, code: 'server_is_overloaded' },
    message: 'Our servers are currently overloaded. Please try again later.',
  });

export const serverFails = (): ErrorReply =>
  fails(500, {
    fields: { type: 'server_error', param: null, code: null },
    message: 'The server had an error while processing your request. Sorry about that!',
  });

function usageWindowHeaders(window: {
  readonly resetsAtEpochSeconds: number;
  readonly resetsInSeconds: number;
  readonly plan: string;
}): Headers {
  return {
    'x-codex-active-limit': 'premium',
    'x-codex-plan-type': window.plan,
    'x-codex-primary-used-percent': '100',
    'x-codex-secondary-used-percent': '80',
    'x-codex-primary-window-minutes': '300',
    'x-codex-secondary-window-minutes': '10080',
    'x-codex-primary-reset-after-seconds': String(window.resetsInSeconds),
    'x-codex-primary-reset-at': String(window.resetsAtEpochSeconds),
    'x-codex-credits-has-credits': 'False',
    'x-codex-credits-balance': '0',
    'x-codex-credits-unlimited': 'False',
  };
}

/** Any error the API may answer with. */
export function fails(status: number, error: Omit<ErrorReply, 'kind' | 'status'>): ErrorReply {
  return { ...error, kind: 'error', status };
}
