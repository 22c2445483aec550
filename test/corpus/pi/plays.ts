import { fallsSilent, resets, sends } from '../../mocks/model-api/broken-replies.ts';
import {
  creditExhausted,
  fails,
  modelNotFound,
  overloaded,
  promptTooLong,
  rateLimited,
  serverFails,
  tokenRevoked,
  unauthorized,
} from '../../mocks/messages-api/error-replies.ts';
import { says, usesTool } from '../../mocks/messages-api/message-replies.ts';
import type { MessageReply } from '../../mocks/messages-api/reply.ts';
import type { Play } from './play.ts';
import { answers, answersInOrder, refused } from './services.ts';
import { usageLimits } from './usage-limits.ts';

const hello = says('Hello.');
const writes = usesTool('write', { path: 'notes.md', content: 'Improved.\n' });
const bash = (command: string): MessageReply => usesTool('bash', { command });

const goodEnds: readonly Play[] = [
  { name: 'says-hello', service: answers(hello) },
  { name: 'edits-a-file', service: answers(writes, says('I changed notes.md.')) },
  {
    name: 'several-turns',
    service: answers(
      bash('printf "one\\n" > notes.md'),
      usesTool('read', { path: 'notes.md' }),
      usesTool('edit', { path: 'notes.md', edits: [{ oldText: 'one', newText: 'two' }] }),
      says('Done in four turns.', { usage: { cacheReadTokens: 700, cacheWriteTokens: 20 } }),
    ),
  },
  { name: 'tool-exits-3', service: answers(bash('echo broken; exit 3'), says('It fails.')) },
  {
    name: 'plan-has-no-bash',
    service: answers(bash('touch made'), says('I may only read.')),
    request: { permissionMode: 'plan' },
  },
  { name: 'answers-nothing', service: answers(says('')) },
  {
    name: 'tool-quotes-limits',
    service: answers(
      bash('echo "5-hour limit reached"; echo "429 Too Many Requests: usage limit" >&2; exit 1'),
      says('The log says: usage limit reached, 401 Unauthorized.'),
    ),
  },
  { name: 'model-without-price', service: answers(hello), price: 0 },
  { name: 'recovers-on-retry', service: answersInOrder(overloaded(), serverFails(), hello) },
  { name: 'resumed', service: answers(writes, says('And on.')), resumesFrom: 'project' },
];

const badEnds: readonly Play[] = [
  { name: 'refuses', service: answers(says('', { stopReason: 'refusal' })) },
  { name: 'answer-too-long', service: answers(says('Once', { stopReason: 'max_tokens' })) },
  { name: 'fails-after-a-tool', service: answers(writes, unauthorized()) },
  refused('bad-request', fails(400, { type: 'invalid_request_error', message: 'messages: bad' })),
  refused('unauthorized', unauthorized()),
  refused('token-revoked', tokenRevoked()),
  refused('credit-exhausted', creditExhausted()),
  refused('payment-required', fails(402, { type: 'billing_error', message: 'Payment is due.' })),
  refused('model-not-found', modelNotFound('mock-model')),
  refused('prompt-too-long', promptTooLong()),
  refused('request-too-large', fails(413, { type: 'request_too_large', message: 'Too large' })),
  refused('rate-limited', rateLimited()),
  refused('rate-limited-for-2-seconds', rateLimited({ retryAfterSeconds: 2 })),
  refused('rate-limited-for-5-hours', rateLimited({ retryAfterSeconds: 18_000 })),
  refused('server-error', serverFails()),
  refused('overloaded', overloaded()),
];

const brokenConnections: readonly Play[] = [
  { name: 'connection-refused', service: { kind: 'nobody' } },
  refused('connection-reset', resets('request')),
  refused('connection-reset-in-answer', resets('text')),
  refused('is-no-api', sends('<html><body>Welcome</body></html>')),
  refused('gateway-page', sends('<html><body>Bad gateway</body></html>', { status: 502 })),
  ...(['request', 'headers', 'text'] as const).map((after) => ({
    ...refused(`silent-after-${after}`, fallsSilent(after)),
    // Its own patience is 300 s, three times more.
    settings: { httpIdleTimeoutMs: 3_000, retry: { maxRetries: 1 } },
  })),
];

const signals: readonly Play[] = (['SIGTERM', 'SIGINT', 'SIGKILL'] as const).flatMap((signal) => [
  { name: `${signal.toLowerCase()}-while-waiting`, service: answers(hello), signal },
  {
    name: `${signal.toLowerCase()}-in-a-tool`,
    service: answers(bash('echo at work; exec sleep 20')),
    signal,
    signalDuring: 'tool',
  },
]);

const refusalsToStart: readonly Play[] = [
  { name: 'unknown-flag', service: answers(hello), extraArgs: ['--frobnicate'] },
  {
    name: 'unknown-model',
    service: answers(modelNotFound('no-such-model')),
    request: { model: 'mock/no-such-model', allowedTools: ['Read'] },
  },
  { name: 'unknown-provider', service: answers(hello), request: { model: 'nobody/model' } },
  { name: 'no-login', service: answers(hello), request: { model: 'anthropic/claude-opus-4-5' } },
  { name: 'no-model', service: { kind: 'none' }, request: { model: null } },
  { name: 'unknown-session', service: answers(hello), request: { resumes: 'no-such-session' } },
  { name: 'session-of-another-folder', service: answers(hello), resumesFrom: 'elsewhere' },
];

const newest: readonly Play[] = [
  ...goodEnds,
  ...badEnds,
  ...usageLimits,
  ...brokenConnections,
  ...signals,
  ...refusalsToStart,
];

/** Endings that the former package has as well, in its own words. */
const alsoFormer = new Set([
  'edits-a-file',
  'answers-nothing',
  'recovers-on-retry',
  'resumed',
  'refuses',
  'answer-too-long',
  'unauthorized',
  'prompt-too-long',
  'rate-limited',
  'overloaded',
  'chatgpt-plan-limited',
  'connection-refused',
  'connection-reset-in-answer',
  'is-no-api',
  'sigterm-while-waiting',
  'sigint-in-a-tool',
  'unknown-flag',
  'no-login',
  'no-model',
]);

export const plays: readonly Play[] = [
  ...newest,
  ...newest
    .filter(({ name }) => alsoFormer.has(name))
    .map((play): Play => ({ ...play, name: `former-${play.name}`, release: '0.73.1' })),
];
