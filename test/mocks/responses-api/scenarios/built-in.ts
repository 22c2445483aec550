import { fallsSilent, resets, sends } from '../../model-api/broken-replies.ts';
import {
  badRequest,
  bodyTooLarge,
  creditExhausted,
  modelNotFound,
  overloaded,
  paymentRequired,
  promptTooLong,
  rateLimited,
  regionRefused,
  serverFails,
  tokenRevoked,
  unauthorized,
  usageLimited,
  usageLimitedWithoutEnd,
  usageNotIncluded,
} from '../error-replies.ts';
import { breaksOff, refuses, says, saysNothing, usesTool } from '../message-replies.ts';
import type { Reply } from '../reply.ts';
import type { Script } from '../script.ts';
import { editsFile } from './edits-file.ts';

/** Scenarios that need no script of the test, by name. */
export const builtInScripts: Readonly<Record<string, Script>> = {
  hello: () => says('Hello.'),
  'edits-notes': editsFile({
    path: 'notes.md',
    content: ({ session }) => `Improved ${session} times.\n`,
  }),
  'works-forever': () => usesTool('exec_command', { cmd: 'true' }),
  'says-nothing': () => saysNothing(),
  refuses: () => refuses('I cannot help with that.'),
  'is-cut-off': () => breaksOff({ status: 'incomplete', reason: 'max_output_tokens' }),
  'is-filtered': () => breaksOff({ status: 'incomplete', reason: 'content_filter' }),

  unauthorized: () => unauthorized(),
  'token-revoked': () => tokenRevoked(),
  'region-refused': () => regionRefused(),
  'payment-required': () => paymentRequired(),
  'credit-exhausted': () => creditExhausted(),
  'bad-request': () => badRequest(),
  'unknown-model': ({ request }) => modelNotFound(request.body?.model ?? ''),
  'prompt-too-long': () => promptTooLong(),
  'prompt-too-long-in-stream': () =>
    failsInStream(
      'context_length_exceeded',
      'Your input exceeds the context window of this model.',
    ),
  'body-too-large': () => bodyTooLarge(),
  'rate-limited': () => rateLimited(),
  'rate-limited-for-two-seconds': () => rateLimited({ retryAfterSeconds: 2 }),
  'rate-limited-for-five-hours': () => rateLimited({ retryAfterSeconds: 18_000 }),
  'rate-limited-in-its-answer': () =>
    failsInStream(
      'rate_limit_exceeded',
      'Rate limit reached for gpt-5.5 in organization org-mock on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 0.5s.',
    ),
  'usage-limited': () => usageLimited({ resetsAtEpochSeconds: nextFullHour() + 7200 }),
  'usage-limited-for-days': () =>
    usageLimited({ resetsAtEpochSeconds: nextFullHour() + 86_400 * 3 }),
  'usage-limited-without-end': () => usageLimitedWithoutEnd(),
  'workspace-without-credits': () => usageLimitedWithoutEnd('workspace_owner_credits_depleted'),
  'usage-not-included': () => usageNotIncluded(),
  overloaded: () => overloaded(),
  'server-error': () => serverFails(),
  'fails-in-its-answer': () =>
    breaksOff({ status: 'failed', code: 'server_error', message: 'The server had an error.' }),

  'never-answers': () => fallsSilent('request'),
  'silent-after-headers': () => fallsSilent('headers'),
  'stalls-in-its-answer': () => fallsSilent('text'),
  'resets-the-connection': () => resets('request'),
  'resets-in-its-answer': () => resets('text'),
  'is-no-api': () => sends('<html><body>Welcome</body></html>'),
};

/** An error of the service after status 200, before a word of the model. */
function failsInStream(code: string, message: string): Reply {
  return { ...saysNothing(), ending: { status: 'failed', code, message } };
}

function nextFullHour(): number {
  return Math.ceil(Date.now() / 3_600_000) * 3600;
}
