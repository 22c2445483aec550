import type { Expected } from '../corpus.ts';

type Figures = Pick<Expected, 'costUsd' | 'tokens' | 'turns' | 'denials' | 'limitResetEpochMs'>;

const plain = { denials: [], limitResetEpochMs: null };

/** By so many answers of the mock, each of 1000 tokens in and 50 out. */
function paid(answers: number, turns = answers): Figures {
  const tokens = { in: 1000 * answers, out: 50 * answers, cached: 0 };
  return { ...plain, costUsd: 0.005 * answers, tokens, turns };
}

const unpaid: Figures = paid(0, 1);
const untold: Figures = { ...plain, costUsd: null, tokens: null, turns: null };
/** Died without a result: its messages alone tell what they have used, and only as they began. */
const begunOnly: Figures = { ...untold, tokens: { in: 1000, out: 1, cached: 0 } };

const succeeded = (answers: number, turns?: number): Expected => ({
  outcome: 'succeeded',
  ...paid(answers, turns),
});
/** The plan's model costs half. */
const onSubscription: Expected = { ...succeeded(1), costUsd: 0.0025 };
const denied = (tool: string): Expected => ({
  outcome: 'permission_denied',
  ...paid(2),
  denials: [tool],
});
const limited = (limitResetEpochMs: number | null): Expected => ({
  outcome: 'usage_limited',
  ...unpaid,
  limitResetEpochMs,
});
const failedUnpaid = (outcome: Expected['outcome']): Expected => ({ outcome, ...unpaid });
const untoldEnd = (outcome: Expected['outcome']): Expected => ({ outcome, ...untold });

const FULL_HOUR = Date.UTC(2026, 10, 28, 1);

export const expected: Readonly<Record<string, Expected>> = {
  'edits-a-file': succeeded(2),
  'says-hello': succeeded(1),
  'several-turns': succeeded(5),
  'command-fails': succeeded(2),
  'unknown-tool': succeeded(2),
  'bad-tool-input': succeeded(2),
  'asks-a-subagent': succeeded(5, 3),
  'background-shell': succeeded(3),
  'quotes-limits': succeeded(2),
  'long-prompt': succeeded(1),
  // Asked again, once, for something to say.
  'answers-nothing': { ...succeeded(2), finalMessage: '' },
  'within-its-limit': onSubscription,
  'nears-its-limit': onSubscription,
  'recovers-from-an-error': succeeded(1),
  'has-structure': { ...succeeded(1, 2), finalMessage: '{"answer":"yes"}' },

  'edit-denied': denied('Write'),
  'command-denied': denied('Bash'),
  'command-denied-unasked': denied('Bash'),
  'command-allowed-by-rule': succeeded(2),
  'command-allowed-with-edits': succeeded(2),
  'plan-only': denied('Write'),
  'bypass-as-root': succeeded(2),

  'session-begun': succeeded(2),
  'session-resumed': { ...succeeded(1), costUsd: 0.015 - 0.01, resumes: 'session-begun' },
  'session-forked': { ...succeeded(1), costUsd: 0.015 - 0.01, resumes: 'session-begun' },
  'session-in-use': untoldEnd('worker_unavailable'),
  'session-unknown': { outcome: 'failed', ...paid(0) },
  'session-misnamed': untoldEnd('worker_unavailable'),

  'max-turns': { outcome: 'max_turns', ...paid(2, 3) },
  'budget-exceeded': {
    outcome: 'budget_exceeded',
    costUsd: 3.601,
    tokens: { in: 900_000, out: 50, cached: 0 },
    turns: 1,
  },
  'lacks-structure': { outcome: 'failed', ...paid(5, 6) },
  refuses: { outcome: 'failed', ...paid(2) },
  'never-finishes': { outcome: 'failed', ...paid(4) },

  'root-refused': untoldEnd('worker_unavailable'),
  'unknown-flag': untoldEnd('worker_unavailable'),
  'unknown-permission-mode': untoldEnd('worker_unavailable'),
  'no-prompt': untoldEnd('worker_unavailable'),
  'prompt-over-10-mb': untoldEnd('prompt_too_long'),

  'bad-request': failedUnpaid('failed'),
  'prompt-too-long': failedUnpaid('prompt_too_long'),
  'request-too-large': failedUnpaid('prompt_too_long'),
  'unknown-model': failedUnpaid('worker_unavailable'),
  'credit-exhausted': failedUnpaid('auth_failed'),
  'payment-required': failedUnpaid('auth_failed'),
  unauthorized: failedUnpaid('auth_failed'),
  'unauthorized-unretried': failedUnpaid('auth_failed'),
  forbidden: failedUnpaid('auth_failed'),
  'token-revoked': failedUnpaid('auth_failed'),
  'token-revoked-unretried': failedUnpaid('auth_failed'),

  'usage-limited': limited(FULL_HOUR),
  'usage-limited-in-new-york': limited(FULL_HOUR),
  'usage-limited-for-days': limited(Date.UTC(2026, 11, 2, 3)),
  'usage-limited-to-next-year': limited(Date.UTC(2027, 0, 8, 15)),
  'usage-limited-after-work': {
    ...limited(FULL_HOUR),
    ...{ costUsd: 0.0025, tokens: { in: 1000, out: 50, cached: 0 }, turns: 2 },
  },
  // To a key it names no reset.
  'usage-limited-with-a-key': failedUnpaid('rate_limited'),
  'api-usage-limited': limited(Date.UTC(2026, 11, 1)),
  'rate-limited': failedUnpaid('rate_limited'),
  'rate-limited-unretried': failedUnpaid('rate_limited'),
  'rate-limited-for-2s': failedUnpaid('rate_limited'),
  'rate-limited-for-an-hour': failedUnpaid('rate_limited'),
  'rate-limited-for-5h-unretried': failedUnpaid('rate_limited'),

  overloaded: failedUnpaid('network_failed'),
  'overloaded-unretried': failedUnpaid('network_failed'),
  'overloaded-after-work': { outcome: 'network_failed', ...paid(1, 2) },
  'overloaded-after-a-result': { outcome: 'network_failed', ...paid(2, 3) },
  'server-error': failedUnpaid('network_failed'),
  'server-error-unretried': failedUnpaid('network_failed'),
  'service-unavailable': failedUnpaid('network_failed'),
  'gateway-fails': failedUnpaid('network_failed'),
  'error-event': {
    ...failedUnpaid('network_failed'),
    tokens: { in: 1000, out: 1, cached: 0 },
  },
  'connection-refused': failedUnpaid('network_failed'),
  'connection-refused-unretried': failedUnpaid('network_failed'),
  'connection-reset': failedUnpaid('network_failed'),
  'connection-reset-unretried': failedUnpaid('network_failed'),
  'reset-in-its-answer': failedUnpaid('network_failed'),
  'no-api': failedUnpaid('network_failed'),
  'malformed-json': failedUnpaid('network_failed'),
  'empty-body': failedUnpaid('network_failed'),
  'never-answered': failedUnpaid('network_failed'),
  'never-answered-unretried': failedUnpaid('network_failed'),
  'silent-after-headers': failedUnpaid('network_failed'),
  'stalls-in-its-answer': {
    ...failedUnpaid('network_failed'),
    ...{ costUsd: 0.0041, tokens: { in: 1000, out: 5, cached: 0 } },
  },
  'silent-after-work': { outcome: 'network_failed', ...paid(1, 2) },

  'sigint-waiting': { outcome: 'interrupted', ...paid(0, 2) },
  'sigterm-waiting': untoldEnd('interrupted'),
  'sighup-waiting': untoldEnd('interrupted'),
  'sigkill-waiting': untoldEnd('interrupted'),
  'sigint-in-a-tool': { outcome: 'interrupted', ...paid(1, 3) },
  'sigterm-in-a-tool': { outcome: 'interrupted', ...begunOnly },
  'sighup-in-a-tool': { outcome: 'interrupted', ...begunOnly },
  'sigkill-in-a-tool': { outcome: 'interrupted', ...begunOnly },
  'sigterm-after-a-result': { outcome: 'interrupted', ...paid(2) },
};
