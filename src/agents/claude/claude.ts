import type { Agent } from '../agent.ts';
import { claudeAccount } from './account.ts';
import { describeClaudeLine } from './describe-line.ts';
import { permissionModes, planClaude } from './plan.ts';
import { ClaudeReader } from './reader.ts';

/** Claude Code in print mode; its ways were measured on 2.1.330. */
export const claude: Agent = {
  name: 'claude',
  program: 'claude',
  tellsCost: true,
  tellsTokens: true,
  resumesSessions: true,
  idleTimeoutSeconds: 600,
  bytesAreLife: false,
  permissionModes,
  // Not those of a whole cloud account (AWS_SECRET_ACCESS_KEY, GOOGLE_APPLICATION_CREDENTIALS): its tools would see them too. Who wants that says so with --pass-env.
  loginVariables: [
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_AUTH_TOKEN',
    'CLAUDE_CODE_OAUTH_TOKEN',
    'ANTHROPIC_FOUNDRY_API_KEY',
    'AWS_BEARER_TOKEN_BEDROCK',
    'CLAUDE_CODE_CLIENT_KEY',
  ],
  account: claudeAccount,
  plan: planClaude,
  createReader: (resumed) => new ClaudeReader(resumed),
  describeLine: describeClaudeLine,
};
