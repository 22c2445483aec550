import { afterEach, beforeEach, expect, it } from 'vitest';
import { fallsSilent, resets } from '../model-api/broken-replies.ts';
import { callsTool, says } from './answer-replies.ts';
import { quotaExceeded } from './error-replies.ts';
import { startGeminiApi, type GeminiApi } from './start-gemini-api.ts';

let api: GeminiApi;
beforeEach(async () => {
  api = await startGeminiApi();
});
afterEach(() => api.close());

it('streams an answer in events, the last of which tells how it ended and what it cost', async () => {
  api.script('hello', () => says('Hello.'));
  const answer = await ask('hello');
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  const events = (await answer.text()).split('\r\n\r\n').filter((event) => event !== '');
  expect(JSON.parse(events.at(-1)?.replace('data: ', '') ?? '')).toMatchObject({
    candidates: [{ content: { parts: [{ text: 'Hello.' }] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 1000 },
  });
});

it('tells scripts which step it is, and keeps a ledger of each scenario', async () => {
  api.script('work', ({ step }) => (step === 1 ? callsTool('glob', {}) : says('Done.')));
  await ask('work');
  await ask('work', [PROMPT, CALL, RESULT]);
  await ask('work', [PROMPT, CALL, RESULT, { role: 'model', parts: [] }, PROMPT]);
  expect(api.turns.map(({ step, request, model }) => [step, request, model])).toEqual([
    [1, 1, 'some-model'],
    [2, 2, 'some-model'],
    [1, 3, 'some-model'],
  ]);
  expect(api.turns[0]?.userTexts).toEqual(['Improve a.md']);
});

it('words errors as Google does', async () => {
  api.script('quota', () => quotaExceeded({ id: 'PerDay', limit: 5, retryDelay: '2s' }));
  const answer = await ask('quota');
  expect(answer.status).toBe(429);
  expect(await answer.json()).toMatchObject({
    error: {
      code: 429,
      status: 'RESOURCE_EXHAUSTED',
      details: [{ violations: [{ quotaId: 'PerDay' }] }, { retryDelay: '2s' }],
    },
  });
});

it('resets a connection', async () => {
  api.script('reset', () => resets('text'));
  await expect(ask('reset').then((answer) => answer.text())).rejects.toThrow('terminated');
});

it('closes while an agent waits for an answer that never comes', async () => {
  api.script('silent', () => fallsSilent('request'));
  const failed = ask('silent').then(String, String);
  await expect.poll(() => api.turns.length).toBe(1);
  await api.close();
  expect(await failed).toContain('fetch failed');
});

it('answers side questions itself, and says which script is missing', async () => {
  const count = await post('nowhere', 'countTokens', [PROMPT]);
  expect(await count.json()).toMatchObject({ totalTokens: 1000 });
  expect(api.turns).toEqual([]);
  expect(await (await ask('nowhere')).text()).toContain("api.script('nowhere', …)");
});

it('refuses what is no request of the Gemini API', async () => {
  const answer = await fetch(`${api.url('x')}/v1beta/models/m:streamGenerateContent`, {
    method: 'POST',
    body: '{"contents": 1}',
  });
  expect(answer.status).toBe(400);
});

const PROMPT = { role: 'user', parts: [{ text: 'Improve a.md' }] };
const CALL = { role: 'model', parts: [{ functionCall: { name: 'glob', args: {} } }] };
const RESULT = { role: 'user', parts: [{ functionResponse: { name: 'glob', response: {} } }] };

function ask(scenario: string, contents: readonly object[] = [PROMPT]): Promise<Response> {
  return post(scenario, 'streamGenerateContent', contents);
}

function post(scenario: string, method: string, contents: readonly object[]): Promise<Response> {
  return fetch(`${api.url(scenario)}/v1beta/models/some-model:${method}`, {
    method: 'POST',
    body: JSON.stringify({ contents }),
  });
}
