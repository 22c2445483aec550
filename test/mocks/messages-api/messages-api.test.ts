import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resets } from '../model-api/broken-replies.ts';
import { usageLimited } from './error-replies.ts';
import { says, usesTool } from './message-replies.ts';
import { editsFile } from './scenarios/edits-file.ts';
import { startMessagesApi, type MessagesApi } from './start-messages-api.ts';

let api: MessagesApi;
beforeEach(async () => {
  api = await startMessagesApi();
});
afterEach(() => api.close());

describe('the Messages API mock', () => {
  it('answers in one piece, with the usage the script tells', async () => {
    api.script('greets', () => says('Hello.', { usage: { inputTokens: 7, outputTokens: 3 } }));
    const answer = await ask('greets');
    expect(await answer.json()).toMatchObject({
      content: [{ type: 'text', text: 'Hello.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 7, output_tokens: 3 },
    });
  });

  it('streams the same answer as server-sent events', async () => {
    api.script('works', () => usesTool('Bash', { command: 'true' }));
    const answer = await ask('works', { stream: true });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(eventsOf(await answer.text())).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('answers a prompt with the edit and the tool result with the report', async () => {
    api.script(
      'edits',
      editsFile({ path: 'a.md', content: ({ session }) => `version ${session}` }),
    );
    await ask('edits', { session: 'first' });
    const edit = await ask('edits', { session: 'second' });
    const end = await ask('edits', {
      session: 'second',
      messages: [...prompted, toolUsed, toolResult],
    });
    expect(await edit.json()).toMatchObject({
      content: [{ name: 'Write', input: { file_path: 'a.md', content: 'version 2' } }],
    });
    expect(await end.json()).toMatchObject({
      content: [{ text: expect.stringMatching(/```json\n[^`]+```$/) }],
    });
  });

  it('tells a script the prompt, the step and the tool results', async () => {
    await ask('hello', { messages: [...prompted, toolUsed, toolResult] });
    expect(api.turns).toMatchObject([
      { prompt: 'Improve a.md', step: 2, toolResults: [{ text: 'done', isError: false }] },
    ]);
  });

  it('keeps a held turn waiting until the test answers it', async () => {
    const held = api.hold('hello');
    const answer = ask('hello');
    expect((await held.arrived).prompt).toBe('Improve a.md');
    held.release(says('At last.'));
    expect(await (await answer).json()).toMatchObject({ content: [{ text: 'At last.' }] });
    await held.closed;
  });

  it('lets a held turn go on by its script', async () => {
    const held = api.hold('hello');
    const answer = ask('hello');
    await held.arrived;
    held.release();
    expect(await (await answer).json()).toMatchObject({ content: [{ text: 'Hello.' }] });
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
    expect(answer.headers.get('anthropic-ratelimit-unified-reset')).toBe('1800000000');
    expect(await answer.json()).toMatchObject({
      type: 'error',
      error: { type: 'rate_limit_error' },
    });
  });

  it('resets the connection after half of an answer', async () => {
    api.script('breaks', () => resets('text'));
    const answer = await ask('breaks', { stream: true });
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it('answers side questions itself and shows no script a request without tools', async () => {
    const answer = await ask('unauthorized', { tools: [] });
    expect(answer.status).toBe(200);
    expect(api.requests).toMatchObject([{ kind: 'side' }]);
    expect(api.turns).toEqual([]);
  });

  it('refuses what is no Messages API request', async () => {
    const answer = await fetch(`${api.url('hello')}/v1/messages`, {
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

const prompted = [{ role: 'user', content: 'Improve a.md' }];
const toolUsed = {
  role: 'assistant',
  content: [{ type: 'tool_use', id: 't', name: 'Write', input: {} }],
};
const toolResult = {
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: 't', content: 'done' }],
};

interface Question {
  readonly stream?: boolean;
  readonly session?: string;
  readonly messages?: readonly object[];
  readonly tools?: readonly object[];
  readonly signal?: AbortSignal;
}

function ask(scenario: string, question: Question = {}): Promise<Response> {
  const {
    stream = false,
    session = 'only',
    messages = prompted,
    tools = [{ name: 'Write' }],
    signal,
  } = question;
  return fetch(`${api.url(scenario)}/v1/messages`, {
    method: 'POST',
    headers: { 'x-claude-code-session-id': session },
    body: JSON.stringify({ model: 'mock-model', stream, messages, tools }),
    signal: signal ?? null,
  });
}

function eventsOf(stream: string): string[] {
  return [...stream.matchAll(/^event: (.+)$/gm)].map(([, name]) => name ?? '');
}
