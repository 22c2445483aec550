import type { Headers } from '../model-api/wire-answer.ts';
import type { ErrorReply } from './reply.ts';

// The words and details are those that users of the real services have reported.

export const keyNotValid = (): ErrorReply =>
  fails(400, 'INVALID_ARGUMENT', {
    message: 'API key not valid. Please pass a valid API key.',
    details: [errorInfo('API_KEY_INVALID', 'googleapis.com')],
  });

export const inputTooLong = (): ErrorReply =>
  fails(400, 'INVALID_ARGUMENT', {
    message:
      'The input token count (1214023) exceeds the maximum number of tokens allowed (1048576).',
  });

export const modelNotFound = (): ErrorReply =>
  fails(404, 'NOT_FOUND', {
    message:
      'models/gemini-none is not found for API version v1beta, or is not supported for generateContent.',
  });

/** A 429 without any word on when to come back, unless by a header. */
export const rateLimited = (headers: Headers = {}): ErrorReply =>
  fails(429, 'RESOURCE_EXHAUSTED', {
    message: 'Resource has been exhausted (e.g. check quota).',
    headers,
  });

/** A quota of the Gemini API by its id, `…PerMinute…` or `…PerDay…`. */
export function quotaExceeded(quota: {
  readonly id: string;
  readonly limit: number;
  readonly retryDelay: string;
}): ErrorReply {
  const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
  return fails(429, 'RESOURCE_EXHAUSTED', {
    message: `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.\n* Quota exceeded for metric: ${metric}, limit: ${quota.limit}, model: gemini-2.5-pro\nPlease retry in ${quota.retryDelay}.`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaMetric: metric, quotaId: quota.id, quotaValue: String(quota.limit) }],
      },
      retryInfo(quota.retryDelay),
    ],
  });
}

/** The limit of a subscription, as Code Assist tells it to who is logged in with Google. */
export function planExhausted(limit: {
  readonly message: string;
  readonly retryDelay: string;
}): ErrorReply {
  return fails(429, 'RESOURCE_EXHAUSTED', {
    message: limit.message,
    details: [
      errorInfo('QUOTA_EXHAUSTED', 'cloudcode-pa.googleapis.com'),
      retryInfo(limit.retryDelay),
    ],
  });
}

/** Any error of a Google API. */
export function fails(
  status: number,
  code: string,
  error: Omit<ErrorReply, 'kind' | 'status' | 'code'>,
): ErrorReply {
  return { ...error, kind: 'error', status, code };
}

function errorInfo(reason: string, domain: string): object {
  return { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain };
}

function retryInfo(retryDelay: string): object {
  return { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay };
}
