import type { AgentRequest } from '../../../src/agents/agent.ts';
import type { scenarios } from './scenarios.ts';

/** One recording; what is not said is as autoloop does it by default. */
export interface Plot {
  readonly name: string;
  readonly scenario: keyof typeof scenarios;
  readonly request?: Partial<AgentRequest>;
  readonly extraArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly prompt?: string;
  /** Sent while it waits for its first answer. */
  readonly signal?: NodeJS.Signals;
  /** The service is not there. */
  readonly isRefused?: boolean;
  /** Another run comes before it, whose session it goes on with. */
  readonly isResumed?: boolean;
}

export const plots: readonly Plot[] = [
  { name: 'answers', scenario: 'answers' },
  { name: 'edits-a-file', scenario: 'edits-a-file' },
  { name: 'edits-without-a-word', scenario: 'edits-without-a-word' },
  { name: 'works-in-steps', scenario: 'works-in-steps' },
  { name: 'runs-a-failing-command', scenario: 'runs-a-failing-command' },
  { name: 'quotes-limits', scenario: 'quotes-limits' },
  { name: 'chooses-its-model', scenario: 'answers', request: { model: null } },
  { name: 'goes-on-with-a-session', scenario: 'edits-a-file', isResumed: true },
  { name: 'recovers-from-an-overload', scenario: 'recovers-from-an-overload' },
  { name: 'names-no-tool', scenario: 'names-no-tool' },

  { name: 'plan-mode', scenario: 'runs-a-failing-command', request: { permissionMode: 'plan' } },
  {
    name: 'edit-denied',
    scenario: 'edits-a-file',
    request: { permissionMode: 'default', allowedTools: ['Read'] },
  },
  {
    name: 'command-denied',
    scenario: 'runs-a-failing-command',
    request: { allowedTools: ['Bash(git *)'] },
  },
  { name: 'dangerous-command', scenario: 'runs-a-dangerous-command' },
  {
    name: 'dangerous-command-allowed',
    scenario: 'runs-a-dangerous-command',
    request: { permissionMode: 'bypassPermissions' },
  },

  { name: 'max-turns', scenario: 'counts-for-ever', request: { maxTurns: 2 } },
  { name: 'repeats-itself', scenario: 'repeats-itself' },
  { name: 'never-says-a-thing', scenario: 'never-says-a-thing' },
  { name: 'refuses', scenario: 'refuses' },
  { name: 'answers-at-length', scenario: 'answers-at-length' },
  { name: 'breaks-off-at-its-length', scenario: 'breaks-off-at-its-length' },
  { name: 'calls-a-tool-wrongly', scenario: 'calls-a-tool-wrongly' },

  { name: 'bad-request', scenario: 'bad-request' },
  { name: 'key-not-valid', scenario: 'key-not-valid' },
  { name: 'unauthenticated', scenario: 'unauthenticated' },
  { name: 'key-leaked', scenario: 'key-leaked' },
  { name: 'no-key', scenario: 'answers', env: { GEMINI_API_KEY: '' } },
  { name: 'unknown-model', scenario: 'unknown-model', request: { model: 'gemini-none' } },
  { name: 'input-too-long', scenario: 'input-too-long' },
  { name: 'payload-too-large', scenario: 'payload-too-large' },
  { name: 'credits-depleted', scenario: 'credits-depleted' },
  { name: 'model-not-in-plan', scenario: 'model-not-in-plan' },

  { name: 'daily-quota', scenario: 'daily-quota' },
  { name: 'plan-exhausted', scenario: 'plan-exhausted' },
  { name: 'retry-in-hours', scenario: 'retry-in-hours' },
  { name: 'minute-quota', scenario: 'minute-quota' },
  { name: 'rate-limited', scenario: 'rate-limited' },
  { name: 'rate-limited-for-hours', scenario: 'rate-limited-for-hours' },
  { name: 'no-capacity', scenario: 'no-capacity' },

  { name: 'server-error', scenario: 'server-error' },
  { name: 'overloaded', scenario: 'overloaded' },
  { name: 'bad-gateway', scenario: 'bad-gateway' },
  { name: 'fails-after-an-edit', scenario: 'fails-after-an-edit' },
  { name: 'is-no-api', scenario: 'is-no-api' },
  { name: 'ends-without-a-reason', scenario: 'ends-without-a-reason' },
  { name: 'connection-refused', scenario: 'answers', isRefused: true },
  { name: 'connection-reset', scenario: 'resets-the-connection' },
  { name: 'reset-in-its-answer', scenario: 'resets-in-its-answer' },
  { name: 'never-answers', scenario: 'never-answers', env: { GEMINI_EXP: '{home}/patience.json' } },

  { name: 'terminated-while-waiting', scenario: 'never-answers', signal: 'SIGTERM' },
  { name: 'interrupted-while-waiting', scenario: 'never-answers', signal: 'SIGINT' },
  { name: 'killed-while-waiting', scenario: 'never-answers', signal: 'SIGKILL' },
  { name: 'terminated-in-a-tool', scenario: 'tool-terminates-it' },
  { name: 'interrupted-in-a-tool', scenario: 'tool-interrupts-it' },
  { name: 'killed-in-a-tool', scenario: 'tool-kills-it' },

  { name: 'unknown-flag', scenario: 'answers', extraArgs: ['--bogus'] },
  { name: 'no-prompt', scenario: 'answers', prompt: '' },
  {
    name: 'unknown-session',
    scenario: 'answers',
    request: { resumes: '00000000-0000-4000-8000-000000000000' },
  },
  { name: 'folder-not-trusted', scenario: 'answers', env: { GEMINI_CLI_TRUST_WORKSPACE: '' } },
];
