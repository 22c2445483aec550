import type { Moment, Play } from './play.ts';

/** A login of a plan, not a key. */
const subscription = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'dummy' };
const unretried = { CLAUDE_CODE_MAX_RETRIES: '0' };
/** Milliseconds of its plan are minutes. */
const impatient = { API_TIMEOUT_MS: '4000', CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: '4000' };
const careful = { permissionMode: 'default', allowedTools: [] };
const SESSION = '5e551011-0000-4000-8000-000000000001';
const SCHEMA = JSON.stringify({
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
});

const begun: Play = { scenario: 'edits-notes', args: ['--session-id', SESSION] };

/** By the names of their files. */
export const recordings: Readonly<Record<string, Play>> = {
  'edits-a-file': { scenario: 'edits-notes' },
  'says-hello': { scenario: 'hello' },
  'several-turns': { scenario: 'several-turns' },
  'command-fails': { scenario: 'command-fails' },
  'unknown-tool': { scenario: 'unknown-tool' },
  'bad-tool-input': { scenario: 'bad-tool-input' },
  'asks-a-subagent': { scenario: 'asks-a-subagent' },
  'background-shell': { scenario: 'leaves-a-background-shell' },
  'quotes-limits': { scenario: 'quotes-limits' },
  'long-prompt': { scenario: 'hello', prompt: 'word '.repeat(40_000) },
  'answers-nothing': { scenario: 'answers-nothing' },
  'within-its-limit': { scenario: 'within-its-limit', env: subscription },
  'nears-its-limit': { scenario: 'nears-its-limit', env: subscription },
  'recovers-from-an-error': { scenario: 'fails-once' },
  'has-structure': { scenario: 'has-structure', args: ['--json-schema', SCHEMA] },

  'edit-denied': { scenario: 'edits-notes', wishes: careful },
  'command-denied': { scenario: 'touches-a-file', wishes: careful },
  'command-denied-unasked': {
    scenario: 'touches-a-file',
    wishes: { ...careful, permissionMode: 'dontAsk' },
  },
  'command-allowed-by-rule': {
    scenario: 'touches-a-file',
    wishes: { ...careful, allowedTools: ['Bash(touch *)'] },
  },
  'command-allowed-with-edits': { scenario: 'touches-a-file', wishes: { allowedTools: [] } },
  'plan-only': { scenario: 'edits-notes', wishes: { permissionMode: 'plan', allowedTools: [] } },
  'bypass-as-root': { scenario: 'touches-a-file', wishes: { permissionMode: 'bypassPermissions' } },

  'session-begun': begun,
  'session-resumed': { scenario: 'hello', wishes: { resumes: SESSION }, after: begun },
  'session-forked': {
    scenario: 'hello',
    wishes: { resumes: SESSION },
    args: ['--fork-session'],
    after: begun,
  },
  'session-in-use': { ...begun, after: begun },
  'session-unknown': { scenario: 'hello', wishes: { resumes: SESSION } },
  'session-misnamed': { scenario: 'hello', args: ['--session-id', 'mine'] },

  'max-turns': { scenario: 'works-forever', wishes: { maxTurns: 2 } },
  'budget-exceeded': { scenario: 'costs-much', wishes: { budgetUsd: 3 } },
  'lacks-structure': { scenario: 'lacks-structure', args: ['--json-schema', SCHEMA] },
  refuses: { scenario: 'refuses' },
  'never-finishes': { scenario: 'never-finishes' },

  'root-refused': {
    scenario: 'hello',
    wishes: { permissionMode: 'bypassPermissions', asRoot: false },
  },
  'unknown-flag': { scenario: 'hello', args: ['--bogus'] },
  'unknown-permission-mode': { scenario: 'hello', wishes: { permissionMode: 'bogus' } },
  'no-prompt': { scenario: 'hello', prompt: '' },
  'prompt-over-10-mb': { scenario: 'hello', prompt: 'x'.repeat(12_000_000) },

  'bad-request': { scenario: 'bad-request' },
  'prompt-too-long': { scenario: 'prompt-too-long' },
  'request-too-large': { scenario: 'request-too-large' },
  'unknown-model': { scenario: 'unknown-model', wishes: { model: 'no-such-model' } },
  'credit-exhausted': { scenario: 'credit-exhausted' },
  'payment-required': { scenario: 'payment-required' },
  unauthorized: { scenario: 'unauthorized' },
  'unauthorized-unretried': { scenario: 'unauthorized', env: unretried },
  forbidden: { scenario: 'forbidden' },
  'token-revoked': { scenario: 'token-revoked', env: subscription },
  'token-revoked-unretried': { scenario: 'token-revoked', env: { ...subscription, ...unretried } },

  'usage-limited': { scenario: 'usage-limited', env: subscription },
  'usage-limited-in-new-york': {
    scenario: 'usage-limited',
    env: { ...subscription, TZ: 'America/New_York' },
  },
  'usage-limited-for-days': { scenario: 'usage-limited-for-days', env: subscription },
  'usage-limited-to-next-year': { scenario: 'usage-limited-to-next-year', env: subscription },
  'usage-limited-after-work': { scenario: 'usage-limited-after-work', env: subscription },
  'usage-limited-with-a-key': { scenario: 'usage-limited' },
  'api-usage-limited': { scenario: 'api-usage-limited' },
  'rate-limited': { scenario: 'rate-limited' },
  'rate-limited-unretried': { scenario: 'rate-limited', env: unretried },
  'rate-limited-for-2s': { scenario: 'rate-limited-for-2s' },
  'rate-limited-for-an-hour': { scenario: 'rate-limited-for-an-hour' },
  'rate-limited-for-5h-unretried': { scenario: 'rate-limited-for-5h', env: unretried },

  overloaded: { scenario: 'overloaded' },
  'overloaded-unretried': { scenario: 'overloaded', env: unretried },
  'overloaded-after-work': { scenario: 'overloaded-after-work' },
  'overloaded-after-a-result': { scenario: 'fails-after-a-result' },
  'server-error': { scenario: 'server-error' },
  'server-error-unretried': { scenario: 'server-error', env: unretried },
  'service-unavailable': { scenario: 'service-unavailable' },
  'gateway-fails': { scenario: 'gateway-fails' },
  'error-event': { scenario: 'error-event' },
  'connection-refused': { scenario: 'hello', isRefused: true },
  'connection-refused-unretried': { scenario: 'hello', isRefused: true, env: unretried },
  'connection-reset': { scenario: 'resets-the-connection' },
  'connection-reset-unretried': { scenario: 'resets-the-connection', env: unretried },
  'reset-in-its-answer': { scenario: 'resets-in-its-answer' },
  'no-api': { scenario: 'is-no-api' },
  'malformed-json': { scenario: 'malformed-json' },
  'empty-body': { scenario: 'empty-body' },
  'never-answered': { scenario: 'never-answers', env: impatient },
  'never-answered-unretried': { scenario: 'never-answers', env: { ...impatient, ...unretried } },
  'silent-after-headers': { scenario: 'silent-after-headers', env: impatient },
  'stalls-in-its-answer': { scenario: 'stalls-in-its-answer', env: impatient },
  'silent-after-work': { scenario: 'silent-after-work', env: impatient },

  ...signalled('waiting', { scenario: 'never-answers', at: 'request' }),
  ...signalled('in-a-tool', { scenario: 'tool-runs-on', at: 'tool' }),
  'sigterm-after-a-result': {
    scenario: 'leaves-a-tool-running',
    signal: { name: 'SIGTERM', at: 'result' },
  },
};

/** One of each signal at that moment: `sigint-waiting`, … */
function signalled(
  when: string,
  { scenario, at }: { readonly scenario: string; readonly at: Moment },
): Record<string, Play> {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
  return Object.fromEntries(
    names.map((name) => [`${name.toLowerCase()}-${when}`, { scenario, signal: { name, at } }]),
  );
}
