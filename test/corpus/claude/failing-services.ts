import { fallsSilent, sends } from '../../mocks/model-api/broken-replies.ts';
import {
  fails,
  overloaded,
  rateLimited,
  serverFails,
  usageLimited,
} from '../../mocks/messages-api/error-replies.ts';
import { messageBody } from '../../mocks/messages-api/message-body.ts';
import { says, usesTool } from '../../mocks/messages-api/message-replies.ts';
import { brokenStream } from '../../mocks/messages-api/message-stream.ts';
import type { Reply } from '../../mocks/messages-api/reply.ts';
import type { Script } from '../../mocks/messages-api/script.ts';
import type { Turn } from '../../mocks/messages-api/turn.ts';
import { inSteps, inTurns } from './in-steps.ts';

const WORKS = usesTool('Bash', { command: 'echo done' });
const AS_JSON = { headers: { 'content-type': 'application/json' } };
export const failingServices = (): Readonly<Record<string, Script>> => ({
  'bad-request': () =>
    fails(400, { type: 'invalid_request_error', message: 'messages: at least one is required' }),
  forbidden: () =>
    fails(403, { type: 'permission_error', message: 'Your account may not use this model.' }),
  'payment-required': () =>
    fails(402, { type: 'billing_error', message: 'Your payment method was declined.' }),
  'request-too-large': () =>
    fails(413, { type: 'request_too_large', message: 'Request exceeds the maximum size' }),
  'rate-limited-for-2s': () => rateLimited({ retryAfterSeconds: 2 }),
  'rate-limited-for-5h': () => rateLimited({ retryAfterSeconds: 18_000 }),
  'usage-limited-for-days': () =>
    usageLimited({ resetsAtEpochSeconds: inHours(100), claim: 'seven_day' }),
  'usage-limited-to-next-year': () =>
    usageLimited({ resetsAtEpochSeconds: inHours(1000), claim: 'seven_day' }),
  'api-usage-limited': () =>
    fails(400, {
      type: 'invalid_request_error',
      message:
        'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    }),

  'malformed-json': () => sends('{"id":"msg_1","type":"mess', AS_JSON),
  'empty-body': () => sends('', AS_JSON),
  'error-event': failsInItsAnswer,
  'gateway-fails': () => sends('<html><body>502 Bad Gateway</body></html>', { status: 502 }),
  'service-unavailable': () => fails(503, { type: 'api_error', message: 'Service Unavailable' }),
  'fails-once': inTurns(serverFails(), says('Hello.')),
  'usage-limited-after-work': inSteps(WORKS, usageLimited({ resetsAtEpochSeconds: inHours(2) })),
  'overloaded-after-work': inSteps(WORKS, overloaded()),
  'silent-after-work': inSteps(WORKS, fallsSilent('request')),
  'fails-after-a-result': failsAfterResult,
});

// Half of an answer, then the error in the stream; asked again in one piece, it fails likewise.
function failsInItsAnswer({ request }: Turn): Reply {
  const model = request.body?.model ?? '';
  const half = brokenStream(messageBody(says('I was about to'), { model, number: 1 })).join('');
  const error = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';
  return request.body?.stream
    ? sends(`${half}event: error\ndata: ${error}\n\n`, {
        headers: { 'content-type': 'text/event-stream' },
      })
    : overloaded();
}

// The command in the background ends after the result; the notice of it meets a dead service.
function failsAfterResult({ step, prompt }: Turn): Reply {
  if (prompt.includes('<task-notification>')) {
    return overloaded();
  }
  return step === 1
    ? usesTool('Bash', { command: 'sleep 1', run_in_background: true })
    : says('The command goes on in the background.');
}

// On the hour, as the service does.
function inHours(hours: number): number {
  return Math.ceil(Date.now() / 3_600_000 + hours) * 3600;
}
