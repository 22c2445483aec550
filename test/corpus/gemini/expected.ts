import { recordedEndings, type Expected } from '../corpus.ts';

// What the mock bills: each answer.
const BILL = { in: 600, out: 60, cached: 400 };
const NOTHING = {
  costUsd: null,
  tokens: answers(0),
  turns: 0,
  denials: [],
  limitResetEpochMs: null,
};
const NOT_STARTED = { tokens: null, turns: null, sessionId: null, model: null };
const ONE = { costUsd: null, tokens: BILL, turns: 1, denials: [] };
const TWO = { costUsd: null, tokens: answers(2), turns: 2, denials: [] };

function answers(count: number): typeof BILL {
  return { in: count * BILL.in, out: count * BILL.out, cached: count * BILL.cached };
}

// So many seconds after it had ended.
function after(recording: string, seconds: number): number | null {
  const ending = recordedEndings('gemini').find(({ name }) => name === recording);
  return ending ? ending.endedAtEpochMs + seconds * 1_000 : null;
}

/** What each recorded ending of the real Gemini CLI is. */
export const expected: Readonly<Record<string, Expected>> = {
  answers: { ...ONE, outcome: 'succeeded', finalMessage: 'There is nothing to improve.' },
  'edits-a-file': { ...TWO, outcome: 'succeeded', finalMessage: 'Done.', model: 'gemini-2.5-pro' },
  'edits-without-a-word': {
    outcome: 'succeeded',
    tokens: answers(2),
    // The second answer was empty: nothing of it is printed.
    turns: 1,
    finalMessage: '',
  },
  'works-in-steps': { outcome: 'succeeded', tokens: answers(4), turns: 4, denials: [] },
  'runs-a-failing-command': { ...TWO, outcome: 'succeeded' },
  'quotes-limits': { ...TWO, outcome: 'succeeded', limitResetEpochMs: null },
  'chooses-its-model': { ...ONE, outcome: 'succeeded', model: 'gemini-2.5-pro' },
  'goes-on-with-a-session': {
    ...TWO,
    outcome: 'succeeded',
    sessionSpent: { costUsd: null, tokens: null },
  },
  'recovers-from-an-overload': { ...ONE, outcome: 'succeeded' },
  'names-no-tool': { ...TWO, outcome: 'succeeded' },

  'plan-mode': { ...TWO, outcome: 'permission_denied', denials: ['run_shell_command'] },
  'edit-denied': { ...TWO, outcome: 'permission_denied', denials: ['write_file'] },
  'command-denied': { ...TWO, outcome: 'permission_denied', denials: ['run_shell_command'] },
  'dangerous-command': { ...TWO, outcome: 'permission_denied', denials: ['run_shell_command'] },
  'dangerous-command-allowed': { ...TWO, outcome: 'succeeded' },

  'max-turns': { ...TWO, outcome: 'max_turns' },
  'repeats-itself': { outcome: 'failed', reason: 'Loop detected, stopping execution' },
  'never-says-a-thing': { outcome: 'failed', tokens: answers(3), turns: 0 },
  refuses: {
    outcome: 'failed',
    reason: 'The model response was blocked due to safety settings. (error)',
  },
  // It does not say that the answer was cut short.
  'answers-at-length': { ...ONE, outcome: 'succeeded', finalMessage: 'I began to' },
  'breaks-off-at-its-length': { outcome: 'failed', tokens: answers(3) },
  'calls-a-tool-wrongly': { outcome: 'failed' },

  'bad-request': {
    ...NOTHING,
    outcome: 'failed',
    reason: 'Request contains an invalid argument. (status 400)',
    sessionId: null,
  },
  'key-not-valid': { ...NOTHING, outcome: 'auth_failed' },
  unauthenticated: { ...NOTHING, outcome: 'auth_failed' },
  'key-leaked': { ...NOTHING, outcome: 'auth_failed' },
  'no-key': { ...NOT_STARTED, outcome: 'auth_failed' },
  'unknown-model': { ...NOTHING, outcome: 'worker_unavailable' },
  'input-too-long': { ...NOTHING, outcome: 'prompt_too_long' },
  'payload-too-large': { ...NOTHING, outcome: 'prompt_too_long' },
  'credits-depleted': { ...NOTHING, outcome: 'auth_failed' },
  'model-not-in-plan': { ...NOTHING, outcome: 'auth_failed' },

  'daily-quota': {
    ...NOTHING,
    outcome: 'usage_limited',
    reason: 'You have exhausted your daily quota on this model. (status 429)',
  },
  'plan-exhausted': {
    ...NOTHING,
    outcome: 'usage_limited',
    limitResetEpochMs: after('plan-exhausted', 33_740.911),
  },
  'retry-in-hours': {
    ...NOTHING,
    outcome: 'usage_limited',
    limitResetEpochMs: after('retry-in-hours', 18_000),
  },
  'minute-quota': { ...NOTHING, outcome: 'rate_limited' },
  'rate-limited': { ...NOTHING, outcome: 'rate_limited' },
  'rate-limited-for-hours': { ...NOTHING, outcome: 'rate_limited' },
  'no-capacity': { ...NOTHING, outcome: 'rate_limited' },

  'server-error': { ...NOTHING, outcome: 'network_failed' },
  overloaded: {
    ...NOTHING,
    outcome: 'network_failed',
    reason: 'The model is overloaded. Please try again later. (status 503)',
  },
  'bad-gateway': { ...NOTHING, outcome: 'network_failed' },
  'fails-after-an-edit': { ...ONE, outcome: 'auth_failed' },
  'is-no-api': { ...NOTHING, outcome: 'network_failed' },
  'ends-without-a-reason': { outcome: 'network_failed' },
  'connection-refused': { ...NOTHING, outcome: 'network_failed' },
  'connection-reset': { ...NOTHING, outcome: 'network_failed' },
  'reset-in-its-answer': { outcome: 'network_failed', turns: 1 },
  'never-answers': { ...NOTHING, outcome: 'network_failed' },

  'terminated-while-waiting': {
    outcome: 'interrupted',
    reason: 'no result, exit code 0',
    tokens: null,
    turns: null,
  },
  'interrupted-while-waiting': { outcome: 'interrupted', tokens: null, turns: null },
  'killed-while-waiting': { outcome: 'interrupted', tokens: null, turns: null },
  'terminated-in-a-tool': { outcome: 'interrupted', tokens: null, turns: 1 },
  'interrupted-in-a-tool': { outcome: 'interrupted', tokens: null, turns: 1 },
  'killed-in-a-tool': { outcome: 'interrupted', tokens: null, turns: 1 },

  'unknown-flag': {
    ...NOT_STARTED,
    outcome: 'worker_unavailable',
    reason: 'no result, exit code 1: it does not know one of its arguments',
  },
  'no-prompt': { ...NOT_STARTED, outcome: 'worker_unavailable' },
  'unknown-session': { ...NOT_STARTED, outcome: 'failed' },
  'folder-not-trusted': { ...NOT_STARTED, outcome: 'worker_unavailable' },
};
