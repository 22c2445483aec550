import { expect, it } from 'vitest';
import { pi } from '../../../src/agents/pi/pi.ts';

it.each([
  [{}, "pi's own login"],
  [{ ANTHROPIC_API_KEY: ' ' }, "pi's own login"],
  [{ AWS_SECRET_ACCESS_KEY: 'x' }, "pi's own login"],
  [{ ZAI_API_KEY: 'x' }, "pi's own login, else ZAI_API_KEY"],
  [
    { OPENAI_API_KEY: 'x', ANTHROPIC_API_KEY: 'x' },
    "pi's own login, else ANTHROPIC_API_KEY or OPENAI_API_KEY",
  ],
])('with %j the bill goes to %s', (env, account) => {
  expect(pi.account(env)).toBe(account);
});

it.each(['AWS_SECRET_ACCESS_KEY', 'CLOUDFLARE_API_KEY', 'GH_TOKEN', 'GITHUB_TOKEN', 'HF_TOKEN'])(
  'is not given %s, which opens more than models',
  (name) => {
    expect(pi.loginVariables).not.toContain(name);
  },
);
