import type { Expected } from '../corpus.ts';

type Figures = Pick<Expected, 'costUsd' | 'tokens' | 'turns' | 'denials' | 'limitResetEpochMs'>;

/** By so many answers of the mock, each of 1000 tokens in and 50 out. */
function paid(answers: number): Figures {
  return {
    costUsd: 0.00375 * answers,
    tokens: { in: 1000 * answers, out: 50 * answers, cached: 0 },
    turns: answers,
    denials: [],
    limitResetEpochMs: null,
  };
}

/** It tells nothing of what it was refused, nor of an answer that it had no whole of. */
const unpaid: Figures = { ...paid(1), costUsd: null, tokens: null, turns: null };

const succeeded = (answers: number): Expected => ({ outcome: 'succeeded', ...paid(answers) });
const denied = (tool: string, answers = 2): Expected => ({
  outcome: 'permission_denied',
  ...paid(answers),
  denials: [tool],
});
const untold = (outcome: Expected['outcome']): Expected => ({ outcome, ...unpaid });
const limited = (limitResetEpochMs: number): Expected => ({
  ...untold('usage_limited'),
  limitResetEpochMs,
});

export const expected: Readonly<Record<string, Expected>> = {
  'says-hello': { ...succeeded(1), finalMessage: 'Hello.' },
  'edits-a-file': succeeded(2),
  'works-in-several-turns': succeeded(4),
  'tool-exits-3': succeeded(2),
  'quotes-a-limit': succeeded(2),
  'says-nothing': { ...succeeded(1), finalMessage: '' },
  'unpriced-model': { ...succeeded(1), costUsd: null },
  'resumed-session': succeeded(2),
  'recovers-by-retry': succeeded(1),
  'recovers-by-compaction': { outcome: 'failed', ...paid(2), finalMessage: 'All is done.' },

  'plan-mode-edit': denied('write'),
  'tool-not-allowed': denied('webfetch'),
  'command-not-allowed': denied('bash', 3),
  'asks-for-permission': denied('bash'),
  'outside-its-folder': denied('read'),
  'all-is-approved': succeeded(3),

  'output-limit': { outcome: 'failed', ...paid(1) },
  refusal: { outcome: 'failed', ...paid(1) },
  'last-step-wraps-up': succeeded(2),
  'last-step-refused': { outcome: 'max_turns', ...paid(1) },

  'bad-request': untold('failed'),
  'credit-exhausted': untold('auth_failed'),
  unauthorized: untold('auth_failed'),
  'payment-required': untold('auth_failed'),
  'token-revoked': untold('auth_failed'),
  'model-not-found': untold('worker_unavailable'),
  'model-not-configured': {
    ...untold('worker_unavailable'),
    reason:
      'ProviderModelNotFoundError: Model not found: mock/no-such-model. Did you mean: mock-model, unpriced-model? (UnknownError)',
  },
  'request-too-large': { outcome: 'prompt_too_long' },
  'prompt-too-long': { outcome: 'prompt_too_long' },

  'rate-limited': untold('rate_limited'),
  'rate-limited-without-end': untold('rate_limited'),
  'rate-limited-for-hours': untold('interrupted'),
  'usage-limited': limited(1_795_900_000_000),
  // A second after its end.
  'go-usage-limited': limited(1_795_821_935_950),
  'go-usage-limited-for-hours': untold('interrupted'),
  overloaded: untold('network_failed'),
  'server-error': untold('network_failed'),
  unavailable: untold('network_failed'),
  'connection-refused': untold('network_failed'),
  'connection-reset': untold('network_failed'),
  'reset-in-its-answer': untold('network_failed'),
  'is-no-api': untold('network_failed'),
  'malformed-answer': untold('network_failed'),
  'never-answers': untold('network_failed'),
  'stalls-in-its-answer': untold('network_failed'),
  'fails-after-a-turn': { outcome: 'failed', ...paid(1) },
  'resets-after-a-turn': { outcome: 'interrupted', ...paid(1) },

  'terminated-while-waiting': untold('interrupted'),
  'interrupted-while-waiting': untold('interrupted'),
  'killed-while-waiting': untold('interrupted'),
  'terminated-in-a-tool': untold('interrupted'),
  'interrupted-in-a-tool': untold('interrupted'),
  'killed-in-a-tool': untold('interrupted'),

  'unknown-flag': untold('worker_unavailable'),
  'invalid-configuration': untold('worker_unavailable'),
  'session-not-found': untold('failed'),
};
