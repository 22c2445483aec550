import { describe, expect, it } from 'vitest';
import { askModel, type Question } from '../../src/summaries/ollama/ask-model.ts';
import { checkModel } from '../../src/summaries/ollama/check-model.ts';
import type { Ollama } from '../mocks/ollama/start-ollama.ts';
import {
  endsAfter,
  failsMidway,
  failsWith,
  hangs,
  hangsAfter,
  isNoOllama,
  isTruncatedAfter,
  losesConnectionAfter,
  neverEnds,
  says,
  type Reply,
} from '../mocks/ollama/replies.ts';
import { useOllama } from '../mocks/ollama/use-ollama.ts';

const TEXT = 'Redis got a health check – 健康 👍 –, and "vault" failed.\nIts token is gone.';

function ask({ host }: Ollama, more: Partial<Question> = {}): Promise<string> {
  return askModel({
    ...{ host, model: 'tiny', system: 'Condense.', prompt: 'The log.', most: 290 },
    ...{ timeoutMs: 30_000, signal: new AbortController().signal, ...more },
  });
}

describe('a model of Ollama', () => {
  it('is looked for, asked, and its words put together again', async () => {
    const ollama = await useOllama(says(TEXT));
    expect(await ask(ollama)).toBe(TEXT);
    expect(ollama.paths).toEqual(['/api/show', '/api/generate']);
    expect(ollama.asked).toMatchObject([
      {
        ...{ model: 'tiny', system: 'Condense.', prompt: 'The log.', stream: true },
        options: { num_predict: 290, temperature: 0 },
      },
    ]);
  });

  it('is found with the tag that Ollama takes for granted', async () => {
    expect(await ask(await useOllama(says(TEXT)), { model: 'tiny:latest' })).toBe(TEXT);
  });

  it.each<readonly [string, Reply, RegExp]>([
    ['fails', failsWith(500, 'llama runner process has terminated'), /answered with 500: llama r/],
    ['is overloaded', failsWith(503, 'server busy, please try again'), /503: server busy/],
    ['dies while it answers', failsMidway('an error was encountered'), /gave up: an error was/],
    ['ends without being done', endsAfter(TEXT), /broke off/],
    ['ends within a line', isTruncatedAfter(TEXT), /broke off/],
    ['loses the connection', losesConnectionAfter(TEXT), /cannot be reached/],
    ['is something else', isNoOllama, /does not speak as Ollama/],
  ])('that %s says so', async (_, reply, message) => {
    await expect(ask(await useOllama(reply))).rejects.toThrow(message);
  });

  it.each([
    ['never answers', hangs],
    ['stops answering', hangsAfter(TEXT)],
  ])('that %s is given up when its time is over', async (_, reply) => {
    const ollama = await useOllama(reply);
    await expect(ask(ollama, { timeoutMs: 300 })).rejects.toThrow('no answer within 0.3 s');
    await ollama.asked[0]?.over;
  });

  it('that never ends is listened to no longer than needed', async () => {
    const ollama = await useOllama(neverEnds);
    expect((await ask(ollama, { most: 100 })).length).toBeLessThan(2_000);
    await ollama.asked[0]?.over;
  });

  it('that Ollama has not got can be fetched', async () => {
    const ollama = await useOllama(says(TEXT), { models: {} });
    await expect(ask(ollama)).rejects.toThrow(
      'there is no model "tiny"; fetch it: ollama pull tiny',
    );
    expect(ollama.asked).toEqual([]);
  });

  it('that only makes embeddings is not asked', async () => {
    const ollama = await useOllama(says(TEXT), { models: { tiny: ['embedding'] } });
    await expect(ask(ollama)).rejects.toThrow('cannot write text');
  });

  it('is not reached where nothing listens', async () => {
    const ollama = await useOllama(says(TEXT));
    await ollama.close();
    await expect(ask(ollama)).rejects.toThrow(/cannot be reached \(.*ECONNREFUSED/);
  });

  it('is not waited for when nobody wants to know any more', async () => {
    const ollama = await useOllama(hangs);
    const leaving = new AbortController();
    ollama.reply((response, model) => {
      leaving.abort();
      return hangs(response, model);
    });
    await expect(ask(ollama, { signal: leaving.signal })).rejects.toThrow('aborted');
    await ollama.asked[0]?.over;
  });

  it('is there, as a look without a question tells', async () => {
    const ollama = await useOllama(says(TEXT));
    const { signal } = new AbortController();
    await checkModel({ host: ollama.host, model: 'tiny', signal });
    expect(ollama.paths).toEqual(['/api/show']);
  });
});
