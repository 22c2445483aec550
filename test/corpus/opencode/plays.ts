import { resets, sends } from '../../mocks/model-api/broken-replies.ts';
import {
  fails,
  overloaded,
  promptTooLong,
  rateLimited,
  usageLimited,
} from '../../mocks/messages-api/error-replies.ts';
import { says, usesTool } from '../../mocks/messages-api/message-replies.ts';
import type { ErrorReply, MessageReply } from '../../mocks/messages-api/reply.ts';
import type { Script } from '../../mocks/messages-api/script.ts';
import { WORKS_FOR_LONG, type Play } from './run-opencode.ts';

/** Every recording by name; those that try again by themselves take more than a minute. */
export const plays: Readonly<Record<string, Play>> = {
  'says-hello': { script: 'hello' },
  'edits-a-file': { script: uses(writes('notes.md')) },
  'works-in-several-turns': {
    script: uses(bash('echo one > notes.md'), reads('notes.md'), edits('one', 'two')),
  },
  'tool-exits-3': { script: uses(bash('echo trouble; exit 3')) },
  'quotes-a-limit': {
    script: uses(
      bash('echo "5-hour limit reached"; echo "429 Too Many Requests: usage limit" >&2'),
    ),
  },
  'says-nothing': { script: () => says('') },
  'unpriced-model': { script: 'hello', request: { model: 'mock/unpriced-model' } },
  'resumed-session': { script: uses(writes('notes.md')), before: () => says('Hello.') },
  'recovers-by-retry': { script: failsFirst(overloaded()) },
  'recovers-by-compaction': { script: failsFirst(promptTooLong()) },

  'plan-mode-edit': { script: uses(writes('notes.md')), request: { permissionMode: 'plan' } },
  'tool-not-allowed': {
    script: uses({ name: 'webfetch', input: { url: 'http://127.0.0.1:9/', format: 'text' } }),
  },
  'command-not-allowed': {
    script: uses(bash('git status'), bash('echo no')),
    request: { allowedTools: ['Read', 'Bash(git *)'] },
  },
  'asks-for-permission': {
    script: uses(bash('echo no')),
    settings: { permission: { bash: 'ask' } },
  },
  'outside-its-folder': { script: uses(reads('/etc/hostname')) },
  'all-is-approved': {
    script: uses(reads('/etc/hostname'), bash('echo yes')),
    settings: { permission: { bash: 'ask' } },
    request: { permissionMode: 'bypassPermissions' },
  },

  'output-limit': { script: () => says('I was about', { stopReason: 'max_tokens' }) },
  refusal: { script: () => says('', { stopReason: 'refusal' }) },
  'last-step-wraps-up': {
    script: ({ request }) =>
      request.body?.messages.at(-1)?.role === 'assistant'
        ? says('I did one thing; another is left.')
        : usesTool('bash', { command: 'true', description: 'does nothing' }),
    request: { maxTurns: 2 },
  },
  'last-step-refused': {
    script: ({ request }) =>
      request.body?.messages.at(-1)?.role === 'assistant'
        ? badRequest(
            'This model does not support assistant message prefill. The conversation must end with a user message.',
          )
        : usesTool('bash', { command: 'true', description: 'does nothing' }),
    request: { maxTurns: 2 },
  },

  'bad-request': { script: () => badRequest('tools.0.name: invalid') },
  'credit-exhausted': { script: 'credit-exhausted' },
  unauthorized: { script: 'unauthorized' },
  'payment-required': {
    script: () => fails(402, { type: 'billing_error', message: 'Payment required.' }),
  },
  'token-revoked': { script: 'token-revoked' },
  'model-not-found': { script: 'unknown-model' },
  'model-not-configured': { script: 'hello', request: { model: 'mock/no-such-model' } },
  'request-too-large': {
    script: () =>
      fails(413, { type: 'request_too_large', message: 'Request exceeds the maximum size' }),
    signal: { name: 'SIGTERM', at: 'final' },
  },
  'prompt-too-long': { script: 'prompt-too-long', signal: { name: 'SIGTERM', at: 'final' } },

  'rate-limited': { script: () => rateLimited({ retryAfterSeconds: 1 }) },
  'rate-limited-without-end': { script: 'rate-limited' },
  'rate-limited-for-hours': {
    script: () => rateLimited({ retryAfterSeconds: 18_000 }),
    signal: { name: 'SIGTERM', at: 20 },
  },
  'usage-limited': {
    script: () => withRetryAfter(usageLimited({ resetsAtEpochSeconds: 1_795_900_000 }), '1'),
  },
  'go-usage-limited': {
    script: () =>
      sends(
        JSON.stringify({
          type: 'error',
          error: {
            type: 'GoUsageLimitError',
            message: 'Weekly usage limit reached. Resets in 19hr',
          },
          metadata: { workspace: 'wrk_1', limitName: 'weekly' },
        }),
        { status: 429, headers: { 'content-type': 'application/json', 'retry-after': '1' } },
      ),
  },
  'go-usage-limited-for-hours': {
    script: () =>
      sends(
        JSON.stringify({
          type: 'error',
          error: {
            type: 'GoUsageLimitError',
            message: 'Weekly usage limit reached. Resets in 19hr',
          },
          metadata: { workspace: 'wrk_1', limitName: 'weekly' },
        }),
        { status: 429, headers: { 'content-type': 'application/json', 'retry-after': '68400' } },
      ),
    signal: { name: 'SIGTERM', at: 20 },
  },
  overloaded: { script: 'overloaded' },
  'server-error': { script: 'server-error' },
  unavailable: {
    script: () => fails(503, { type: 'api_error', message: 'Service unavailable' }),
  },
  'connection-refused': { script: 'hello', options: { baseURL: 'http://127.0.0.1:9/v1' } },
  'connection-reset': { script: 'resets-the-connection' },
  'reset-in-its-answer': { script: 'resets-in-its-answer' },
  'is-no-api': { script: 'is-no-api', signal: { name: 'SIGTERM', at: 'final' } },
  'malformed-answer': {
    script: () =>
      sends('event: message_start\ndata: {"type":\n\n', {
        headers: { 'content-type': 'text/event-stream' },
      }),
  },
  'never-answers': { script: 'never-answers', options: { headerTimeout: 2_000 } },
  'stalls-in-its-answer': { script: 'stalls-in-its-answer', options: { chunkTimeout: 2_000 } },
  'fails-after-a-turn': {
    script: ({ step }) => (step === 1 ? toolReply(bash('true')) : badRequest('messages: invalid')),
  },
  'resets-after-a-turn': {
    script: ({ step }) => (step === 1 ? toolReply(bash('true')) : resets('request')),
    signal: { name: 'SIGTERM', at: 15 },
  },

  'terminated-while-waiting': { script: 'hello', signal: { name: 'SIGTERM', at: 'waiting' } },
  'interrupted-while-waiting': { script: 'hello', signal: { name: 'SIGINT', at: 'waiting' } },
  'killed-while-waiting': { script: 'hello', signal: { name: 'SIGKILL', at: 'waiting' } },
  'terminated-in-a-tool': {
    script: uses(bash(WORKS_FOR_LONG)),
    signal: { name: 'SIGTERM', at: 'working' },
  },
  'interrupted-in-a-tool': {
    script: uses(bash(WORKS_FOR_LONG)),
    signal: { name: 'SIGINT', at: 'working' },
  },
  'killed-in-a-tool': {
    script: uses(bash(WORKS_FOR_LONG)),
    signal: { name: 'SIGKILL', at: 'working' },
  },

  'unknown-flag': { script: 'hello', args: ['--no-such-flag'] },
  'invalid-configuration': { script: 'hello', settings: { permission: 7 } },
  'session-not-found': { script: 'hello', request: { resumes: 'ses_nosuchsession' } },
};

interface Tool {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** One tool after the other, then a last word. */
function uses(...tools: readonly Tool[]): Script {
  return ({ step }) => {
    const tool = tools[step - 1];
    return tool ? toolReply(tool) : says('All is done.');
  };
}

function toolReply({ name, input }: Tool): MessageReply {
  return usesTool(name, input);
}

function bash(command: string): Tool {
  return { name: 'bash', input: { command, description: 'works' } };
}

function writes(filePath: string): Tool {
  return { name: 'write', input: { filePath, content: 'Improved.\n' } };
}

function reads(filePath: string): Tool {
  return { name: 'read', input: { filePath } };
}

function edits(oldString: string, newString: string): Tool {
  return { name: 'edit', input: { filePath: 'notes.md', oldString, newString } };
}

function failsFirst(failure: ErrorReply): Script {
  let hasFailed = false;
  return () => {
    const reply = hasFailed ? says('All is done.') : failure;
    hasFailed = true;
    return reply;
  };
}

function badRequest(message: string): ErrorReply {
  return fails(400, { type: 'invalid_request_error', message });
}

function withRetryAfter(reply: ErrorReply, seconds: string): ErrorReply {
  return { ...reply, headers: { ...reply.headers, 'retry-after': seconds } };
}
