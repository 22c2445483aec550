import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resets } from '../model-api/broken-replies.ts';
import { usageLimited } from './error-replies.ts';
import { appliesPatch, breaksOff, says } from './message-replies.ts';
import { editsFile } from './scenarios/edits-file.ts';
import { startResponsesApi, type ResponsesApi } from './start-responses-api.ts';

let api: ResponsesApi;
beforeEach(async () => {
  api = await startResponsesApi();
});
afterEach(() => api.close());

describe('the Responses API mock', () => {
  it('answers in one piece, with the usage the script tells', async () => {
    api.script('greets', () =>
      says('Hello.', { usage: { inputTokens: 7, cachedTokens: 5, outputTokens: 3 } }),
    );
    const answer = await ask('greets');
    expect(await answer.json()).toMatchObject({
      status: 'completed',
      output: [{ role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }],
      usage: {
        input_tokens: 7,
        input_tokens_details: { cached_tokens: 5 },
        output_tokens: 3,
        total_tokens: 10,
      },
    });
  });

  it('streams the same answer as server-sent events', async () => {
    api.script('works', () => appliesPatch('*** Begin Patch'));
    const answer = await ask('works', { stream: true });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(eventsOf(await answer.text())).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.custom_tool_call_input.delta',
      'response.output_item.done',
      'response.completed',
    ]);
  });

  it('ends a stream as the script says', async () => {
    api.script('fails', () => breaksOff({ status: 'failed', code: 'slow_down', message: 'Slow.' }));
    const answer = await ask('fails', { stream: true });
    expect(eventsOf(await answer.text()).at(-1)).toBe('response.failed');
    expect(answer.status).toBe(200);
  });

  it('answers a prompt with the edit and the tool result with the report', async () => {
    api.script(
      'edits',
      editsFile({ path: 'a.md', content: ({ session }) => `version ${session}` }),
    );
    await ask('edits', { session: 'first' });
    const edit = await ask('edits', { session: 'second' });
    const end = await ask('edits', { session: 'second', input: [prompt, toolUsed, toolResult] });
    expect(await edit.json()).toMatchObject({
      output: [{ name: 'apply_patch', input: expect.stringContaining('+version 2\n') }],
    });
    expect(await end.json()).toMatchObject({
      output: [{ content: [{ text: expect.stringMatching(/```json\n[^`]+```$/) }] }],
    });
  });

  it('tells a script the prompt, the step and the tool results', async () => {
    await ask('hello', {
      input: [
        surroundings,
        prompt,
        toolUsed,
        toolResult,
        toolUsed,
        toolUsed,
        toolResult,
        toolResult,
      ],
    });
    expect(api.turns).toMatchObject([
      { prompt: 'Improve a.md', step: 3, toolResults: ['done', 'done'] },
    ]);
  });

  it('begins at step 1 with the prompt of a session that goes on', async () => {
    await ask('hello', { input: [prompt, toolUsed, toolResult, surroundings, anotherPrompt] });
    expect(api.turns).toMatchObject([{ prompt: 'And b.md', step: 1, toolResults: [] }]);
  });

  it('keeps a held turn waiting until the test answers it', async () => {
    const held = api.hold('hello');
    const answer = ask('hello');
    expect((await held.arrived).prompt).toBe('Improve a.md');
    held.release(says('At last.'));
    expect(await (await answer).text()).toContain('At last.');
    await held.closed;
  });

  it('outlives a client that goes while its turn is held', async () => {
    const held = api.hold('hello');
    const client = new AbortController();
    const answer = ask('hello', { signal: client.signal });
    await held.arrived;
    client.abort();
    await expect(answer).rejects.toThrow('aborted');
    await held.closed;
    held.release();
    expect((await ask('hello')).status).toBe(200);
  });

  it('fails as the API does', async () => {
    api.script('limited', () => usageLimited({ resetsAtEpochSeconds: 1_800_000_000 }));
    const answer = await ask('limited');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('x-codex-primary-reset-at')).toBe('1800000000');
    expect(await answer.json()).toMatchObject({
      error: { type: 'usage_limit_reached', plan_type: 'plus', resets_at: 1_800_000_000 },
    });
  });

  it('resets the connection after half of an answer', async () => {
    api.script('breaks', () => resets('text'));
    const answer = await ask('breaks', { stream: true });
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('answers what is not for a turn itself and shows it to no script', async () => {
    const answer = await ask('unauthorized', { kind: 'compaction' });
    expect(answer.status).toBe(200);
    expect(api.requests).toMatchObject([{ kind: 'side' }]);
    expect(api.turns).toEqual([]);
  });

  it('refuses what is no Responses API request', async () => {
    const answer = await fetch(`${api.url('hello')}/responses`, {
      method: 'POST',
      body: '{"model": 1}',
    });
    expect(answer.status).toBe(400);
  });

  it('says which script is missing', async () => {
    expect(await (await ask('nowhere')).json()).toMatchObject({
      error: { message: expect.stringContaining("api.script('nowhere', …)") },
    });
  });

  it('closes while an agent waits for an answer that never comes', async () => {
    const answer = ask('never-answers');
    const failed = answer.then(String, String);
    await expect.poll(() => api.requests.length).toBe(1);
    await api.close();
    await failed;
  });
});

const said = (text: string): object => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
});
const surroundings = said('<environment_context>\n  <cwd>/home/dev</cwd>\n</environment_context>');
const prompt = said('Improve a.md');
const anotherPrompt = said('And b.md');
const toolUsed = { type: 'function_call', call_id: 'c', name: 'exec_command', arguments: '{}' };
const toolResult = { type: 'function_call_output', call_id: 'c', output: 'done' };

interface Question {
  readonly stream?: boolean;
  readonly session?: string;
  readonly kind?: string;
  readonly input?: readonly object[];
  readonly signal?: AbortSignal;
}

function ask(scenario: string, question: Question = {}): Promise<Response> {
  const { stream = false, session = 'only', kind = 'turn', input = [prompt], signal } = question;
  return fetch(`${api.url(scenario)}/responses`, {
    method: 'POST',
    headers: {
      'session-id': session,
      'x-codex-turn-metadata': JSON.stringify({ request_kind: kind }),
    },
    body: JSON.stringify({ model: 'mock-model', stream, input }),
    signal: signal ?? null,
  });
}

function eventsOf(stream: string): string[] {
  return [...stream.matchAll(/^event: (.+)$/gm)].map(([, name]) => name ?? '');
}
