import { expect, it } from 'vitest';
import { codex } from '../../../src/agents/codex/codex.ts';

it.each([
  [{}, "codex's own login"],
  [{ CODEX_API_KEY: ' ' }, "codex's own login"],
  // Codex itself does not look at it.
  [{ OPENAI_API_KEY: 'x' }, "codex's own login"],
  [{ CODEX_API_KEY: 'x' }, 'API key (CODEX_API_KEY)'],
  [{ CODEX_ACCESS_TOKEN: 'x' }, 'access token (CODEX_ACCESS_TOKEN)'],
  [{ CODEX_API_KEY: 'x', CODEX_ACCESS_TOKEN: 'x' }, 'API key (CODEX_API_KEY)'],
])('with %j the bill goes to %s', (env, account) => {
  expect(codex.account(env)).toBe(account);
});

it('is given its own login, not a key that others use as well', () => {
  expect(codex.loginVariables).toEqual(['CODEX_API_KEY', 'CODEX_ACCESS_TOKEN']);
});
