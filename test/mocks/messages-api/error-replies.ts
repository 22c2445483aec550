import type { ErrorReply } from './reply.ts';
import { usageWindowHeaders, type UsageWindow } from './usage-window.ts';

export const unauthorized = (): ErrorReply =>
  fails(401, { type: 'authentication_error', message: 'invalid x-api-key' });

export const tokenRevoked = (): ErrorReply =>
  fails(403, {
    type: 'permission_error',
    message:
      'OAuth token has been revoked. Please obtain a new token or refresh your existing token.',
  });

export const creditExhausted = (): ErrorReply =>
  fails(400, {
    type: 'invalid_request_error',
    message:
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  });

export const promptTooLong = (): ErrorReply =>
  fails(400, {
    type: 'invalid_request_error',
    message: 'prompt is too long: 250000 tokens > 200000 maximum',
  });

export const modelNotFound = (model: string): ErrorReply =>
  fails(404, { type: 'not_found_error', message: `model: ${model}` });

/** A 429 of the request rate; without `retryAfterSeconds` it names no moment to come back. */
export function rateLimited(limit: { readonly retryAfterSeconds?: number } = {}): ErrorReply {
  const { retryAfterSeconds } = limit;
  return fails(429, {
    type: 'rate_limit_error',
    message: 'This request would exceed the rate limit for your organization.',
    ...(retryAfterSeconds === undefined
      ? {}
      : { headers: { 'retry-after': String(retryAfterSeconds) } }),
  });
}

/** A 429 of a subscription's window, the five-hour one unless `claim` says otherwise; the agent may come back at `resetsAtEpochSeconds`. */
export function usageLimited(
  limit: Pick<UsageWindow, 'resetsAtEpochSeconds' | 'claim'>,
): ErrorReply {
  return fails(429, {
    type: 'rate_limit_error',
    message: "This request would exceed your account's rate limit. Please try again later.",
    headers: usageWindowHeaders({ ...limit, status: 'rejected', utilization: 1 }),
  });
}

export const overloaded = (): ErrorReply =>
  fails(529, { type: 'overloaded_error', message: 'Overloaded' });

export const serverFails = (): ErrorReply =>
  fails(500, { type: 'api_error', message: 'Internal server error' });

/** Any error the API may answer with. */
export function fails(status: number, error: Omit<ErrorReply, 'kind' | 'status'>): ErrorReply {
  return { ...error, kind: 'error', status };
}
