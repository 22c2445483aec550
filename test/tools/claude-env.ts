/** Where a Claude Code of a test lives and whom it takes for its model. */
export interface ClaudePlace {
  /** A scratch folder; its settings, sessions and temporary files stay in there. */
  readonly home: string;
  /** Of the mock on loopback. */
  readonly baseUrl: string;
}

/** The whole environment of a Claude Code that needs no account and asks nobody but the mock. */
export function claudeEnv({ home, baseUrl }: ClaudePlace): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    CLAUDE_CODE_TMPDIR: home,
    ANTHROPIC_BASE_URL: baseUrl,
    ANTHROPIC_API_KEY: 'dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
  };
}
