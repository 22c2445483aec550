import { fails, usageLimited } from '../../mocks/messages-api/error-replies.ts';
import type { Play } from './play.ts';
import { answersJson, refused } from './services.ts';

/** Limits of plans, as users have reported these services to say them. */
export const usageLimits: readonly Play[] = [
  refused('claude-plan-limited', usageLimited({ resetsAtEpochSeconds: 1_795_900_000 })),
  refused(
    'claude-spend-limited',
    fails(429, {
      type: 'rate_limit_error',
      message:
        "This request would exceed your account's monthly spend limit. Please try again later.",
    }),
  ),
  {
    name: 'chatgpt-plan-limited',
    service: {
      kind: 'chatgpt',
      refusal: {
        status: 429,
        body: {
          error: {
            type: 'usage_limit_reached',
            message: 'The usage limit has been reached',
            plan_type: 'plus',
            resets_at: Math.ceil(Date.now() / 1000) + 3 * 3600,
          },
        },
      },
    },
  },
  refused(
    'zai-plan-limited',
    answersJson(429, {
      error: {
        code: '1308',
        message: 'Usage limit reached for 5 hour. Your limit will reset at 2027-09-09 05:38:28',
      },
    }),
  ),
  refused(
    'opencode-plan-limited',
    fails(429, {
      type: 'GoUsageLimitError',
      message:
        'Weekly usage limit reached. It will reset in 5 days 10 hours. To continue using this model now, enable usage from your available balance.',
    }),
  ),
];
