/** One run of the real Claude Code whose output is kept. */
export interface Recording {
  /** Name of its file, without `.ndjson`. */
  readonly name: string;
  /** A built-in scenario of the Messages API mock. */
  readonly scenario: string;
  /** Beside `usualArgs`, or in their place where it says so. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Sent while the agent waits for its first answer. */
  readonly signal?: NodeJS.Signals;
}

/** What autoloop passes to Claude Code unless a recording says otherwise. */
export const usualArgs = argsOf(
  '--permission-mode acceptEdits --allowedTools Read,Write,Edit,Bash,LS,Glob,Grep --max-turns 80',
);

// Claude Code's own ten retries of these would take minutes.
const oneRetry = { CLAUDE_CODE_MAX_RETRIES: '1' };
const subscription = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'dummy' };

export const recordings: readonly Recording[] = [
  { name: 'edits-a-file', scenario: 'edits-notes' },
  { name: 'background-shell', scenario: 'leaves-a-background-shell' },
  { name: 'permission-denied', scenario: 'edits-notes', args: argsOf('--max-turns 80') },
  {
    name: 'max-turns',
    scenario: 'works-forever',
    args: argsOf('--permission-mode acceptEdits --allowedTools Bash --max-turns 2'),
  },

  { name: 'unauthorized', scenario: 'unauthorized', env: oneRetry },
  { name: 'token-revoked', scenario: 'token-revoked', env: { ...subscription, ...oneRetry } },
  { name: 'credit-exhausted', scenario: 'credit-exhausted' },
  { name: 'unknown-model', scenario: 'unknown-model' },
  { name: 'prompt-too-long', scenario: 'prompt-too-long' },

  { name: 'usage-limited', scenario: 'usage-limited', env: subscription },
  { name: 'rate-limited', scenario: 'rate-limited', env: oneRetry },
  { name: 'rate-limited-for-an-hour', scenario: 'rate-limited-for-an-hour' },
  { name: 'overloaded', scenario: 'overloaded' },
  { name: 'server-error', scenario: 'server-error', env: oneRetry },
  { name: 'connection-reset', scenario: 'resets-the-connection', env: oneRetry },

  { name: 'terminated-while-waiting', scenario: 'never-answers', signal: 'SIGTERM' },
  { name: 'interrupted-while-waiting', scenario: 'never-answers', signal: 'SIGINT' },
];

function argsOf(line: string): readonly string[] {
  return line.split(' ');
}
