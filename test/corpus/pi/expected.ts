import type { Expected } from '../corpus.ts';

const UNKNOWN = { costUsd: null, tokens: null, turns: null };

/** What each recorded ending of the real pi is. */
export const expected: Readonly<Record<string, Expected>> = {
  'says-hello': { ...turns(1), outcome: 'succeeded', finalMessage: 'Hello.', model: 'mock-model' },
  'edits-a-file': { ...turns(2), outcome: 'succeeded', finalMessage: 'I changed notes.md.' },
  'several-turns': {
    outcome: 'succeeded',
    costUsd: 0.015285,
    tokens: { in: 4020, out: 200, cached: 700 },
    turns: 4,
  },
  'tool-exits-3': { ...turns(2), outcome: 'succeeded' },
  'plan-has-no-bash': { ...turns(2), outcome: 'succeeded', denials: [] },
  'answers-nothing': { ...turns(1), outcome: 'succeeded', finalMessage: '' },
  'tool-quotes-limits': { ...turns(2), outcome: 'succeeded', limitResetEpochMs: null },
  'model-without-price': { ...turns(1), outcome: 'succeeded', costUsd: null },
  'recovers-on-retry': { ...turns(1), outcome: 'succeeded' },
  resumed: { ...turns(2), outcome: 'succeeded', finalMessage: 'And on.' },

  refuses: {
    ...turns(1),
    outcome: 'failed',
    turns: 0,
    reason: 'The model refused to complete the request',
  },
  'answer-too-long': { ...turns(1), outcome: 'failed', finalMessage: 'Once' },
  'fails-after-a-tool': { ...turns(1), outcome: 'auth_failed' },
  'bad-request': { ...turns(0), outcome: 'failed', reason: 'messages: bad (status 400)' },
  unauthorized: { ...turns(0), outcome: 'auth_failed', reason: 'invalid x-api-key (status 401)' },
  'token-revoked': { ...turns(0), outcome: 'auth_failed' },
  'credit-exhausted': { ...turns(0), outcome: 'auth_failed' },
  'payment-required': { ...turns(0), outcome: 'auth_failed' },
  'model-not-found': { ...turns(0), outcome: 'worker_unavailable' },
  'prompt-too-long': { ...turns(0), outcome: 'prompt_too_long' },
  'request-too-large': { ...turns(0), outcome: 'prompt_too_long' },
  'rate-limited': { ...turns(0), outcome: 'rate_limited', limitResetEpochMs: null },
  'rate-limited-for-2-seconds': { ...turns(0), outcome: 'rate_limited' },
  'rate-limited-for-5-hours': { ...turns(0), outcome: 'rate_limited', limitResetEpochMs: null },
  'server-error': { ...turns(0), outcome: 'network_failed' },
  overloaded: { ...turns(0), outcome: 'network_failed', reason: 'Overloaded (status 529)' },

  'claude-plan-limited': { ...turns(0), outcome: 'usage_limited', limitResetEpochMs: null },
  'claude-spend-limited': { ...turns(0), outcome: 'usage_limited', limitResetEpochMs: null },
  'chatgpt-plan-limited': { ...turns(0), outcome: 'usage_limited' },
  'zai-plan-limited': {
    outcome: 'usage_limited',
    limitResetEpochMs: Date.UTC(2027, 8, 8, 21, 38, 28),
  },
  'opencode-plan-limited': { ...turns(0), outcome: 'usage_limited' },

  'connection-refused': { ...turns(0), outcome: 'network_failed' },
  'connection-reset': { ...turns(0), outcome: 'network_failed' },
  'connection-reset-in-answer': brokenOff(4),
  'is-no-api': { ...turns(0), outcome: 'network_failed' },
  'gateway-page': { ...turns(0), outcome: 'network_failed' },
  'silent-after-request': { ...turns(0), outcome: 'network_failed' },
  'silent-after-headers': { ...turns(0), outcome: 'network_failed' },
  'silent-after-text': brokenOff(2),

  'sigterm-while-waiting': { ...UNKNOWN, outcome: 'interrupted' },
  'sigterm-in-a-tool': { ...turns(1), outcome: 'interrupted' },
  'sigint-while-waiting': { ...UNKNOWN, outcome: 'interrupted' },
  'sigint-in-a-tool': { ...turns(1), outcome: 'interrupted' },
  'sigkill-while-waiting': { ...UNKNOWN, outcome: 'interrupted' },
  'sigkill-in-a-tool': { ...turns(1), outcome: 'interrupted' },

  'unknown-flag': { ...UNKNOWN, outcome: 'worker_unavailable' },
  'unknown-model': { ...turns(0), outcome: 'worker_unavailable' },
  'unknown-provider': { ...UNKNOWN, outcome: 'worker_unavailable' },
  'no-login': {
    ...UNKNOWN,
    outcome: 'auth_failed',
    reason: 'No API key found for anthropic.',
  },
  'no-model': {
    ...UNKNOWN,
    outcome: 'auth_failed',
    reason: 'No API key found for the selected model.',
  },
  'unknown-session': {
    ...UNKNOWN,
    outcome: 'failed',
    reason: "No session found matching 'no-such-session'",
  },
  'session-of-another-folder': {
    ...UNKNOWN,
    outcome: 'failed',
    reason: 'Session found in different project: /home/dev/elsewhere',
  },

  'former-edits-a-file': { ...turns(2), outcome: 'succeeded' },
  'former-answers-nothing': { ...turns(1), outcome: 'succeeded', finalMessage: '' },
  'former-recovers-on-retry': { ...turns(1), outcome: 'succeeded' },
  'former-resumed': { ...turns(2), outcome: 'succeeded' },
  'former-refuses': { outcome: 'failed', reason: 'An unknown error occurred' },
  'former-answer-too-long': { ...turns(1), outcome: 'failed' },
  'former-unauthorized': { ...turns(0), outcome: 'auth_failed' },
  'former-prompt-too-long': { ...turns(0), outcome: 'prompt_too_long' },
  'former-rate-limited': { ...turns(0), outcome: 'rate_limited' },
  'former-overloaded': { ...turns(0), outcome: 'network_failed' },
  'former-chatgpt-plan-limited': { ...turns(0), outcome: 'usage_limited' },
  'former-connection-refused': { ...turns(0), outcome: 'network_failed' },
  'former-connection-reset-in-answer': brokenOff(4),
  'former-is-no-api': { outcome: 'network_failed', reason: 'what answered was no model' },
  'former-sigterm-while-waiting': { ...UNKNOWN, outcome: 'interrupted' },
  'former-sigint-in-a-tool': { ...turns(1), outcome: 'interrupted' },
  'former-unknown-flag': { ...UNKNOWN, outcome: 'worker_unavailable' },
  'former-no-login': { ...UNKNOWN, outcome: 'auth_failed' },
  'former-no-model': { ...UNKNOWN, outcome: 'auth_failed' },
};

/** Each turn of the mock costs the same. */
function turns(count: number): Omit<Expected, 'outcome'> {
  return {
    costUsd: count * 0.00375,
    tokens: { in: count * 1000, out: count * 50, cached: 0 },
    turns: count,
  };
}

/** Answers that broke off were paid as far as they came. */
function brokenOff(count: number): Expected {
  return {
    outcome: 'network_failed',
    costUsd: count * 0.003015,
    tokens: { in: count * 1000, out: count, cached: 0 },
    turns: 0,
  };
}
