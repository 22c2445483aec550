import { expect, it } from 'vitest';
import { claude } from '../../../src/agents/claude/claude.ts';

it.each([
  [{}, "claude's own login"],
  [{ ANTHROPIC_API_KEY: ' ' }, "claude's own login"],
  [{ CLAUDE_CODE_OAUTH_TOKEN: 'x' }, 'subscription token (CLAUDE_CODE_OAUTH_TOKEN)'],
  [{ ANTHROPIC_API_KEY: 'x', CLAUDE_CODE_OAUTH_TOKEN: 'x' }, 'API key (ANTHROPIC_API_KEY)'],
  [
    { ANTHROPIC_AUTH_TOKEN: 'x', CLAUDE_CODE_OAUTH_TOKEN: 'x' },
    'gateway token (ANTHROPIC_AUTH_TOKEN)',
  ],
  [
    { ANTHROPIC_API_KEY: 'x', ANTHROPIC_AUTH_TOKEN: 'x' },
    'API key (ANTHROPIC_API_KEY) and gateway token (ANTHROPIC_AUTH_TOKEN)',
  ],
  [
    { ANTHROPIC_API_KEY: 'x', CLAUDE_CODE_USE_BEDROCK: '1' },
    'Amazon Bedrock (CLAUDE_CODE_USE_BEDROCK)',
  ],
  [{ CLAUDE_CODE_USE_VERTEX: 'true' }, 'Google Vertex AI (CLAUDE_CODE_USE_VERTEX)'],
  [{ CLAUDE_CODE_USE_FOUNDRY: 'on' }, 'Microsoft Foundry (CLAUDE_CODE_USE_FOUNDRY)'],
  [{ ANTHROPIC_API_KEY: 'x', CLAUDE_CODE_USE_BEDROCK: '0' }, 'API key (ANTHROPIC_API_KEY)'],
])('with %j the bill goes to %s', (env, account) => {
  expect(claude.account(env)).toBe(account);
});

it('is given its own login, not that of a whole cloud account', () => {
  expect(claude.loginVariables).toEqual(
    expect.arrayContaining([
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_AUTH_TOKEN',
      'CLAUDE_CODE_OAUTH_TOKEN',
    ]),
  );
  expect(claude.loginVariables).not.toContain('AWS_SECRET_ACCESS_KEY');
});
