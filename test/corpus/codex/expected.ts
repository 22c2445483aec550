import { expect } from 'vitest';
import type { Expected } from '../corpus.ts';

const ONE_REQUEST = { costUsd: null, tokens: { in: 1000, out: 50, cached: 0 }, denials: [] };
const TWO_REQUESTS = { ...ONE_REQUEST, tokens: { in: 2000, out: 100, cached: 0 } };
const NOTHING_TOLD = { costUsd: null, tokens: null, limitResetEpochMs: null };

/** What each recorded ending of the real Codex is. */
export const expected: Readonly<Record<string, Expected>> = {
  hello: { ...ONE_REQUEST, outcome: 'succeeded', finalMessage: 'Hello.' },
  'unknown-metadata': { ...ONE_REQUEST, outcome: 'succeeded' },
  'edits-a-file': {
    ...TWO_REQUESTS,
    outcome: 'succeeded',
    finalMessage: expect.stringMatching(/^I changed notes.md/),
  },
  'edits-by-shell': { ...TWO_REQUESTS, outcome: 'succeeded' },
  'several-steps': {
    ...ONE_REQUEST,
    outcome: 'succeeded',
    tokens: { in: 4000, out: 200, cached: 0 },
  },
  'tool-fails': { ...TWO_REQUESTS, outcome: 'succeeded' },
  'bypasses-sandbox': { ...TWO_REQUESTS, outcome: 'succeeded' },
  'outside-of-sandbox': { ...TWO_REQUESTS, outcome: 'succeeded' },
  'patch-outside-denied': {
    ...TWO_REQUESTS,
    outcome: 'permission_denied',
    denials: ['apply_patch'],
  },
  'patch-denied': { ...TWO_REQUESTS, outcome: 'permission_denied', denials: ['apply_patch'] },
  'escalation-denied': { ...TWO_REQUESTS, outcome: 'permission_denied', denials: ['exec_command'] },
  'quotes-limits': { ...TWO_REQUESTS, outcome: 'succeeded', limitResetEpochMs: null },
  'says-nothing': { ...ONE_REQUEST, outcome: 'unknown', finalMessage: '' },
  refuses: { ...ONE_REQUEST, outcome: 'unknown', finalMessage: '' },
  'cut-off': { ...NOTHING_TOLD, outcome: 'failed', finalMessage: 'I was about to' },
  filtered: { ...NOTHING_TOLD, outcome: 'failed' },

  unauthorized: { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'token-revoked': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'key-missing': {
    ...NOTHING_TOLD,
    outcome: 'auth_failed',
    reason: 'Missing environment variable: `CODEX_API_KEY`.',
  },
  'region-refused': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'payment-required': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'credit-exhausted': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'usage-not-included': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'workspace-without-credits': { ...NOTHING_TOLD, outcome: 'auth_failed' },
  'bad-request': { ...NOTHING_TOLD, outcome: 'failed' },
  'unknown-model': { ...NOTHING_TOLD, outcome: 'worker_unavailable' },
  'prompt-too-long': { ...NOTHING_TOLD, outcome: 'prompt_too_long' },
  'prompt-too-long-in-stream': { ...NOTHING_TOLD, outcome: 'prompt_too_long' },
  'prompt-too-long-for-codex': { ...NOTHING_TOLD, outcome: 'prompt_too_long' },
  'body-too-large': { ...NOTHING_TOLD, outcome: 'prompt_too_long' },

  'rate-limited': { ...NOTHING_TOLD, outcome: 'rate_limited' },
  'rate-limited-for-two-seconds': { ...NOTHING_TOLD, outcome: 'rate_limited' },
  'rate-limited-for-five-hours': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'rate-limited-in-its-answer': { ...NOTHING_TOLD, outcome: 'rate_limited' },
  'usage-limited': { outcome: 'usage_limited', limitResetEpochMs: expect.any(Number) },
  'usage-limited-for-days': {
    outcome: 'usage_limited',
    limitResetEpochMs: new Date(2026, 10, 30, 23, 1).getTime(),
  },
  'usage-limited-without-end': { ...NOTHING_TOLD, outcome: 'usage_limited' },

  overloaded: { ...NOTHING_TOLD, outcome: 'network_failed' },
  'server-error': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'fails-in-its-answer': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'connection-refused': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'connection-reset': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'reset-in-its-answer': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'is-no-api': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'silent-after-headers': { ...NOTHING_TOLD, outcome: 'network_failed' },
  'stalls-in-its-answer': { ...NOTHING_TOLD, outcome: 'network_failed' },
  recovers: { ...ONE_REQUEST, outcome: 'succeeded' },

  'terminated-while-waiting': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'interrupted-while-waiting': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'killed-while-waiting': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'terminated-in-a-tool': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'interrupted-in-a-tool': { ...NOTHING_TOLD, outcome: 'interrupted' },
  'killed-in-a-tool': { ...NOTHING_TOLD, outcome: 'interrupted' },

  'unknown-flag': { ...NOTHING_TOLD, outcome: 'worker_unavailable', sessionId: null },
  'no-prompt': { ...NOTHING_TOLD, outcome: 'worker_unavailable' },
  // Of the session, which had used 1000 tokens before.
  resumed: { ...ONE_REQUEST, outcome: 'succeeded', tokens: { in: 3000, out: 150, cached: 0 } },
  'unknown-session': { ...NOTHING_TOLD, outcome: 'failed' },
  'resumed-then-limited': {
    outcome: 'usage_limited',
    tokens: null,
    limitResetEpochMs: new Date(2026, 10, 28, 2, 1).getTime(),
  },
};
