import { expect, it } from 'vitest';
import { gemini } from '../../../src/agents/gemini/gemini.ts';

it.each([
  [{}, "gemini's own login"],
  [{ GEMINI_API_KEY: '' }, "gemini's own login"],
  // A key of Vertex AI alone chooses nothing.
  [{ GOOGLE_API_KEY: 'x' }, "gemini's own login"],
  [{ GOOGLE_GENAI_USE_VERTEXAI: '1' }, "gemini's own login"],
])('with %j the bill goes to %s', (env, account) => {
  expect(gemini.account(env)).toBe(account);
});

it.each([
  [{ GEMINI_API_KEY: 'x' }, 'API key (GEMINI_API_KEY)'],
  [{ GEMINI_API_KEY: 'x', GOOGLE_GENAI_USE_GCA: 'true' }, 'Google login (GOOGLE_GENAI_USE_GCA)'],
  [
    { GEMINI_API_KEY: 'x', GOOGLE_GENAI_USE_VERTEXAI: 'true' },
    'Google Vertex AI (GOOGLE_GENAI_USE_VERTEXAI)',
  ],
  [{ CLOUD_SHELL: 'true' }, 'Google Cloud Shell (CLOUD_SHELL)'],
  [{ GEMINI_CLI_USE_COMPUTE_ADC: 'true' }, 'service account (GEMINI_CLI_USE_COMPUTE_ADC)'],
])('with %j it would be %s, which its settings may change', (env, account) => {
  expect(gemini.account(env)).toBe(`${account}, unless gemini's settings choose another`);
});

it('is given its own login, not that of a whole cloud account', () => {
  expect(gemini.loginVariables).toContain('GEMINI_API_KEY');
  expect(gemini.loginVariables).not.toContain('GOOGLE_APPLICATION_CREDENTIALS');
});
