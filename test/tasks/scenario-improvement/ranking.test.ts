import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findScenarios } from '../../../tasks/scenario-improvement/find-scenarios.ts';
import { ollamaAddress } from '../../../tasks/scenario-improvement/ranking/ollama-address.ts';
import { parseRanking } from '../../../tasks/scenario-improvement/ranking/parse-ranking.ts';
import { rankScenarios } from '../../../tasks/scenario-improvement/ranking/rank-scenarios.ts';
import { settings, type ScenarioSettings } from '../../../tasks/scenario-improvement/settings.ts';
import { contextOf } from '../../task/context-of.ts';
import { scratch } from '../../task/scratch.ts';

const FILES = {
  'scenarios/shop/PRD.md': '- [ ] pay\n- [x] browse\n',
  'scenarios/blog/index.html': '',
  'scenarios/wiki/PRD.md': '- [ ] search\n',
};

describe('an answer of a model', () => {
  const NAMES = ['shop', 'blog', 'wiki'];

  it.each([
    ['["wiki", "shop"]', ['wiki', 'shop']],
    ['{"ranking": ["blog", "wiki"]}', ['blog', 'wiki']],
    ['[{"name": "blog"}, {"name": "shop", "why": "old"}]', ['blog', 'shop']],
    ['Sure! Here it is:\n```json\n["blog"]\n```\nAnything else?', ['blog']],
    ['<think>["shop"] or not</think>["wiki"]', ['wiki']],
    ['["wiki", "rm -rf /", "wiki", 3, null, "Shop", " shop "]', ['wiki', 'shop']],
  ])('is read, what is no candidate or comes again left out: %s', (answer, names) => {
    expect(parseRanking(answer, NAMES)).toEqual(names);
  });

  it.each([
    '',
    'I would start with the shop.',
    '[]',
    '{}',
    '["other"]',
    '[[["shop"]]]',
    '][',
    'null',
  ])('is nothing to go by: %s', (answer) => {
    expect(parseRanking(answer, NAMES)).toEqual([]);
  });
});

describe('where Ollama is asked', () => {
  it.each([
    ['', 'http://127.0.0.1:11434/api/generate'],
    ['0.0.0.0', 'http://127.0.0.1:11434/api/generate'],
    [':9000', 'http://127.0.0.1:9000/api/generate'],
    ['localhost', 'http://localhost:11434/api/generate'],
    ['10.0.0.7:80', 'http://10.0.0.7/api/generate'],
    ['[::]:9000', 'http://127.0.0.1:9000/api/generate'],
    ['http://localhost:9000/', 'http://localhost:9000/api/generate'],
    ['https://models.example/ollama/', 'https://models.example/ollama/api/generate'],
  ])('goes by OLLAMA_HOST: %s', (host, address) => {
    expect(ollamaAddress(host).href).toBe(address);
  });
});

describe('a ranking', () => {
  it('is asked for with the candidates and the goals, and comes back in order', async () => {
    const asked = await useOllama((_, response) => {
      response.end(JSON.stringify({ response: '["wiki", "nobody", "shop"]' }));
    });
    expect(await rank({ goals: 'a demo on Friday' })).toEqual({
      names: ['wiki', 'shop'],
      logged: [],
    });
    expect(JSON.parse(asked[0] ?? '')).toMatchObject({
      model: 'tiny',
      stream: false,
      format: { type: 'array', items: { enum: ['wiki', 'blog', 'shop'] } },
      prompt: expect.stringMatching(
        /goals: a demo on Friday\?[^]*- wiki \(need 1\.00; open: search\)\n- blog \(need 0\.60; has no PRD\.md\)\n- shop \(need 0\.50; open: pay\)/,
      ),
    });
  });

  it('is asked for once in an iteration', async () => {
    const asked = await useOllama((_, response) => {
      response.end(JSON.stringify({ response: '["shop"]' }));
    });
    const iteration = 7;
    expect((await rank({}, { iteration })).names).toEqual(['shop']);
    expect((await rank({}, { iteration })).names).toEqual(['shop']);
    expect(asked).toHaveLength(1);
    expect((await rank({}, { iteration: 8 })).names).toEqual(['shop']);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['garbage', 'not JSON at all', /something that is no JSON/],
    ['another thing', '{"error": "no such model"}', /answered without a response/],
    ['none of the names', '{"response": "[\\"other\\"]"}', /names none of the scenarios/],
    ['prose', '{"response": "Start with the shop."}', /names none of the scenarios/],
    ['too much', `{"response": "${'x'.repeat(1_100_000)}"}`, /more than 1000000 bytes/],
  ])('is left out where the answer is %s, and that is logged', async (_, answer, why) => {
    await useOllama((request, response) => void response.end(answer));
    expect(await rank()).toEqual({ names: [], logged: [expect.stringMatching(why)] });
  });

  it('is left out where the model is not there', async () => {
    await useOllama((_, response) => {
      response.writeHead(404).end('{"error":"model \\"tiny\\" not found"}');
    });
    const { names, logged } = await rank();
    expect(names).toEqual([]);
    expect(logged[0]).toMatch(
      /tiny \(Ollama\) is left out, plain scores count: it answered with 404: .*not found/,
    );
  });

  it('is left out where it answers too late, at its bound', async () => {
    await useOllama(() => {});
    const before = performance.now();
    expect(await rank({ rankTimeout: 1 })).toEqual({
      names: [],
      logged: [expect.stringMatching(/no answer within 1 s/)],
    });
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('is left out where it begins to answer and never ends', async () => {
    await useOllama((_, response) => void response.write('{"response": "'));
    const { logged } = await rank({ rankTimeout: 1 });
    expect(logged).toEqual([expect.stringMatching(/no answer within 1 s/)]);
  });

  it('is left out where nobody listens, and where the address is none', async () => {
    vi.stubEnv('OLLAMA_HOST', '127.0.0.1:1');
    expect((await rank()).logged).toEqual([expect.stringMatching(/ECONNREFUSED|bad port/)]);
    vi.stubEnv('OLLAMA_HOST', 'http://a b');
    expect((await rank()).logged).toEqual([expect.stringMatching(/Invalid URL/)]);
    vi.unstubAllEnvs();
  });

  it('is given up with the hook', async () => {
    await useOllama(() => {});
    const { names, logged } = await rank({}, { signal: AbortSignal.abort(new Error('stopping')) });
    expect(names).toEqual([]);
    expect(logged).toEqual([expect.stringMatching(/stopping/)]);
  });

  it('is not asked for where no model was set, or nothing is to be ordered', async () => {
    const asked = await useOllama((_, response) => void response.end());
    expect(await rank({ rankModel: '' })).toEqual({ names: [], logged: [] });
    expect(await rank({ only: 'shop' })).toEqual({ names: [], logged: [] });
    expect(asked).toEqual([]);
  });
});

let iterations = 100;

async function rank(
  own: Partial<ScenarioSettings> = {},
  facts: { iteration?: number; signal?: AbortSignal } = {},
): Promise<{ names: readonly string[]; logged: readonly string[] }> {
  const logged: string[] = [];
  iterations += 1;
  const context = {
    ...contextOf({
      workspace: scratch(FILES),
      iteration: iterations,
      log: (line) => void logged.push(line),
      ...facts,
    }),
    own: settings.parse({ rankModel: 'tiny', ...own }),
  };
  return { names: await rankScenarios(context, await findScenarios(context)), logged };
}

/** A server in its place; what it was asked. */
async function useOllama(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<readonly string[]> {
  const asked: string[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    asked.push(await text(request));
    answer(request, response);
  };
  const server = createServer((request, response) => {
    void hear(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  vi.stubEnv('OLLAMA_HOST', `127.0.0.1:${port}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  return asked;
}
