import { expect, it } from 'vitest';
import { opencode } from '../../../src/agents/opencode/opencode.ts';

it.each([
  [{}, "opencode's own login"],
  [{ ANTHROPIC_API_KEY: ' ' }, "opencode's own login"],
  [{ OPENCODE_AUTH_CONTENT: '{}' }, "opencode's own login (OPENCODE_AUTH_CONTENT)"],
  [
    { OPENAI_API_KEY: 'x', ANTHROPIC_API_KEY: 'x' },
    "API key (ANTHROPIC_API_KEY, OPENAI_API_KEY) or opencode's own login, by its model",
  ],
])('with %j the bill goes to %s', (env, account) => {
  expect(opencode.account(env)).toBe(account);
});

it('is given the keys of models, not those of whole cloud or code accounts', () => {
  expect(opencode.loginVariables).toEqual(
    expect.arrayContaining(['OPENCODE_API_KEY', 'ANTHROPIC_API_KEY', 'OPENROUTER_API_KEY']),
  );
  expect(opencode.loginVariables).not.toContain('AWS_SECRET_ACCESS_KEY');
  expect(opencode.loginVariables).not.toContain('GITHUB_TOKEN');
});
