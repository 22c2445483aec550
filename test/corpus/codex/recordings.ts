import type { AgentRequest } from '../../../src/agents/agent.ts';
import { says, usesTool } from '../../mocks/responses-api/message-replies.ts';
import { serverFails } from '../../mocks/responses-api/error-replies.ts';
import type { Reply } from '../../mocks/responses-api/reply.ts';
import { editsFile } from '../../mocks/responses-api/scenarios/edits-file.ts';
import type { Script } from '../../mocks/responses-api/script.ts';

/** One run of the real Codex whose output is kept. */
export interface CodexRecording {
  /** Name of its file, without `.ndjson`. */
  readonly name: string;
  /** A built-in scenario of the mock, or one of `scripts`. */
  readonly scenario: string;
  readonly scripts?: Readonly<Record<string, Script>>;
  /** What the plan is asked for beside the usual. */
  readonly request?: Partial<AgentRequest>;
  /** In place of the plan's. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly prompt?: string;
  /** Of the model provider; default: Codex's own. */
  readonly patience?: Readonly<Record<string, number>>;
  /** Where the model is said to be; default: the mock. */
  readonly origin?: string;
  /** Sent when the mock has the first request, when Codex tells a retry, or when a tool has begun. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly at: 'request' | 'retry' | 'tool' };
  /** What differs in a run before, whose session this one goes on with. */
  readonly before?: Partial<CodexRecording>;
}

// What a service that gives no byte, or stops, costs in patience.
const shortPatience = {
  request_max_retries: 0,
  stream_max_retries: 0,
  stream_idle_timeout_ms: 3000,
};
const oneRetry = { request_max_retries: 0, stream_max_retries: 1 };

const runsCommand =
  (cmd: string, answer = 'Done.'): Script =>
  (turn) =>
    turn.step === 1 ? usesTool('exec_command', { cmd }) : says(answer);

function failsOnce(then: Reply): Script {
  let failures = 0;
  return () => (failures++ === 0 ? serverFails() : then);
}

/** Where it is morning now, so that a limit of hours ends on the same day. */
function morningZone(): string {
  const behind = Math.min(12, new Date().getUTCHours() - 8);
  return `Etc/GMT${behind < 0 ? behind : `+${behind}`}`;
}

export const recordings: readonly CodexRecording[] = [
  { name: 'hello', scenario: 'hello' },
  { name: 'unknown-metadata', scenario: 'hello', request: { model: 'mock-model' } },
  { name: 'edits-a-file', scenario: 'edits-notes' },
  {
    name: 'edits-by-shell',
    scenario: 'shell',
    scripts: { shell: editsFile({ path: 'notes.md', content: 'Improved.\n', by: 'shell' }) },
  },
  {
    name: 'several-steps',
    scenario: 'steps',
    scripts: {
      steps: ({ step }) =>
        step < 4 ? usesTool('exec_command', { cmd: `echo step ${step}` }) : says('Three steps.'),
    },
  },
  { name: 'tool-fails', scenario: 'fails', scripts: { fails: runsCommand('echo no; exit 3') } },
  {
    name: 'bypasses-sandbox',
    scenario: 'shell',
    scripts: { shell: runsCommand('echo hi > "$HOME/outside.txt"; echo written') },
    request: { permissionMode: 'bypassPermissions' },
  },
  {
    name: 'outside-of-sandbox',
    scenario: 'shell',
    scripts: { shell: runsCommand('touch /usr/outside.txt; echo tried') },
  },
  {
    name: 'patch-outside-denied',
    scenario: 'outside',
    scripts: { outside: editsFile({ path: '/usr/outside.txt', content: 'hi', answer: 'Done.' }) },
  },
  { name: 'patch-denied', scenario: 'edits-notes', request: { permissionMode: 'plan' } },
  {
    name: 'escalation-denied',
    scenario: 'escalates',
    scripts: {
      escalates: ({ step }) =>
        step === 1
          ? usesTool('exec_command', {
              cmd: 'touch /etc/hosts',
              sandbox_permissions: 'require_escalated',
              justification: 'May I?',
            })
          : says('I was not allowed to.'),
    },
  },
  {
    name: 'quotes-limits',
    scenario: 'quotes',
    scripts: {
      quotes: runsCommand(
        "echo '5-hour limit reached'; echo '429 Too Many Requests'; echo \"You've hit your usage limit. Try again at 5:53 AM.\"",
        "The log says: You've hit your usage limit. exceeded retry limit, last status: 429",
      ),
    },
  },
  { name: 'says-nothing', scenario: 'says-nothing' },
  { name: 'refuses', scenario: 'refuses' },
  { name: 'cut-off', scenario: 'is-cut-off' },
  { name: 'filtered', scenario: 'is-filtered' },

  { name: 'unauthorized', scenario: 'unauthorized' },
  { name: 'token-revoked', scenario: 'token-revoked' },
  { name: 'key-missing', scenario: 'hello', env: { CODEX_API_KEY: '' } },
  { name: 'region-refused', scenario: 'region-refused' },
  { name: 'payment-required', scenario: 'payment-required' },
  { name: 'credit-exhausted', scenario: 'credit-exhausted' },
  { name: 'usage-not-included', scenario: 'usage-not-included' },
  { name: 'workspace-without-credits', scenario: 'workspace-without-credits' },
  { name: 'bad-request', scenario: 'bad-request' },
  { name: 'unknown-model', scenario: 'unknown-model', request: { model: 'gpt-nope' } },
  { name: 'prompt-too-long', scenario: 'prompt-too-long' },
  { name: 'prompt-too-long-in-stream', scenario: 'prompt-too-long-in-stream' },
  { name: 'prompt-too-long-for-codex', scenario: 'hello', prompt: 'x'.repeat(1_048_577) },
  { name: 'body-too-large', scenario: 'body-too-large' },

  { name: 'rate-limited', scenario: 'rate-limited' },
  { name: 'rate-limited-for-two-seconds', scenario: 'rate-limited-for-two-seconds' },
  {
    name: 'rate-limited-for-five-hours',
    scenario: 'rate-limited-for-five-hours',
    signal: { name: 'SIGTERM', at: 'retry' },
  },
  { name: 'rate-limited-in-its-answer', scenario: 'rate-limited-in-its-answer' },
  { name: 'usage-limited', scenario: 'usage-limited', env: { TZ: morningZone() } },
  { name: 'usage-limited-for-days', scenario: 'usage-limited-for-days' },
  { name: 'usage-limited-without-end', scenario: 'usage-limited-without-end' },

  { name: 'overloaded', scenario: 'overloaded' },
  { name: 'server-error', scenario: 'server-error' },
  { name: 'fails-in-its-answer', scenario: 'fails-in-its-answer' },
  { name: 'connection-refused', scenario: 'hello', origin: 'http://127.0.0.1:9/v1' },
  { name: 'connection-reset', scenario: 'resets-the-connection' },
  { name: 'reset-in-its-answer', scenario: 'resets-in-its-answer' },
  { name: 'is-no-api', scenario: 'is-no-api' },
  { name: 'silent-after-headers', scenario: 'silent-after-headers', patience: shortPatience },
  { name: 'stalls-in-its-answer', scenario: 'stalls-in-its-answer', patience: shortPatience },
  {
    name: 'recovers',
    scenario: 'recovers',
    scripts: { recovers: failsOnce(says('Hello.')) },
    patience: oneRetry,
  },

  {
    name: 'terminated-while-waiting',
    scenario: 'never-answers',
    signal: { name: 'SIGTERM', at: 'request' },
  },
  {
    name: 'interrupted-while-waiting',
    scenario: 'never-answers',
    signal: { name: 'SIGINT', at: 'request' },
  },
  {
    name: 'killed-while-waiting',
    scenario: 'never-answers',
    signal: { name: 'SIGKILL', at: 'request' },
  },
  ...(['SIGTERM', 'SIGINT', 'SIGKILL'] as const).map((name): CodexRecording => ({
    name: `${{ SIGTERM: 'terminated', SIGINT: 'interrupted', SIGKILL: 'killed' }[name]}-in-a-tool`,
    scenario: 'sleeps',
    scripts: { sleeps: runsCommand('sleep 5') },
    signal: { name, at: 'tool' },
  })),

  { name: 'unknown-flag', scenario: 'hello', args: ['exec', '--json', '--bogus', '-'] },
  { name: 'no-prompt', scenario: 'hello', prompt: '' },
  {
    name: 'unknown-session',
    scenario: 'hello',
    args: [
      'exec',
      '--json',
      '--skip-git-repo-check',
      'resume',
      '01a21f2f-ae4a-7f31-a67f-3b2bf44bcfff',
      '-',
    ],
  },
  { name: 'resumed', scenario: 'edits-notes', before: { scenario: 'hello' } },
  { name: 'resumed-then-limited', scenario: 'usage-limited', before: { scenario: 'hello' } },
];
