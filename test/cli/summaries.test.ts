import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Ollama } from '../mocks/ollama/start-ollama.ts';
import {
  failsMidway,
  failsWith,
  hangs,
  isNoOllama,
  isTruncatedAfter,
  says,
  type Reply,
} from '../mocks/ollama/replies.ts';
import { useOllama } from '../mocks/ollama/use-ollama.ts';
import { eventually } from '../crash/crash-rig.ts';
import { useProject, type CliProject } from './cli-project.ts';

const WORDS = 'The loop has done its first iteration, and nothing went wrong in it.';
const AGENT = 'echo "did iteration $AUTOLOOP_ITERATION"';
const MODEL = ['--summary-model', 'tiny'];

/** A loop that waits after its first iteration. */
async function useWaitingLoop(ollama: Ollama): Promise<CliProject> {
  const project = useProject(AGENT);
  project.environment = { OLLAMA_HOST: ollama.host };
  const flags = [...MODEL, '--interval', '1h', '--max', '2'];
  const { code, err } = await project.callLoop('start', ...flags);
  expect(code, err).toBe(0);
  await project.recorded('wait_start');
  return project;
}

async function secondPrompt(project: CliProject): Promise<string> {
  await project.steer('skip-wait');
  await project.recorded('loop_end');
  return project.promptOf(2);
}

function sources(project: CliProject): unknown[] {
  return project.eventsNamed('summary_generated').map(({ details }) => details['source']);
}

describe('with --summary-model', () => {
  it('the next prompt holds what the model of Ollama says, and events tell who said it', async () => {
    const project = await useWaitingLoop(await useOllama(says(WORDS)));
    await project.recorded('summary_generated', 2);
    const prompt = await secondPrompt(project);
    expect(prompt).toContain(`in the words of the model tiny:\n  > ${WORDS}`);
    expect(prompt).toContain('- Iteration 1: succeeded\n  > did iteration 1');
    const [plain, natural] = project.eventsNamed('summary_generated');
    expect(plain).toMatchObject({ iteration: 1, details: { source: 'derived', model: null } });
    expect(natural).toMatchObject({
      ...{ iteration: 1, duration: expect.any(Number) },
      details: { source: 'ollama', model: 'tiny' },
    });
  });

  it.each<readonly [string, Reply, RegExp]>([
    ['fails', failsWith(500, 'no memory'), /it answered with 500: no memory/],
    ['is cut off', isTruncatedAfter(WORDS), /its answer broke off/],
    ['dies', failsMidway('model runner has unexpectedly stopped'), /gave up: model runner/],
    ['is something else', isNoOllama, /does not speak as Ollama/],
    ['says nothing', says(''), /its answer is empty/],
    ['raves', says('no no no no '.repeat(40)), /again and again/],
  ])('the plain summary stands where the model %s, which is told', async (_, reply, why) => {
    const project = await useWaitingLoop(await useOllama(reply));
    await project.recorded('warning');
    const prompt = await secondPrompt(project);
    expect(prompt).toContain('- Iteration 1: succeeded\n  > did iteration 1');
    expect(prompt).not.toContain('in the words of');
    expect(sources(project).slice(0, 1)).toEqual(['derived']);
    expect(project.eventsNamed('warning')[0]?.details).toMatchObject({
      ...{ code: 'summary_model', message: expect.stringMatching(why) },
    });
  });

  it('the plain summary stands where the model is missing, or Ollama is', async () => {
    const ollama = await useOllama(says(WORDS), { models: {} });
    const project = await useWaitingLoop(ollama);
    await project.recorded('warning');
    await ollama.close();
    expect(await secondPrompt(project)).toContain('- Iteration 1: succeeded\n');
    expect(project.eventsNamed('warning')[0]?.details['message']).toContain('ollama pull tiny');
  });

  it('no iteration waits for a model that hangs', async () => {
    const ollama = await useOllama(hangs);
    const project = useProject(AGENT);
    project.environment = { OLLAMA_HOST: ollama.host };
    const run = await project.callLoop('run', ...MODEL, '--interval', '0', '--max', '4');
    expect(run).toMatchObject({ code: 0 });
    expect(project.outcomes()).toHaveLength(4);
    expect(project.promptOf(4)).toContain('- Iteration 3: succeeded\n  > did iteration 3');
    expect(sources(project)).toEqual(Array.from({ length: 4 }, () => 'derived'));
    expect(project.eventsNamed('warning')).toEqual([]);
  });

  it('words found while a worker runs are there for the next prompt, although nothing waits', async () => {
    const ollama = await useOllama(says(WORDS));
    const project = useProject();
    project.environment = { OLLAMA_HOST: ollama.host };
    const run = project.beginLoop('run', ...MODEL, '--interval', '0', '--max', '3');
    await project.began(1);
    project.letFinish(1);
    await project.began(2);
    await eventually('the model has answered', () => hasAnswered(project));
    project.letFinish(2);
    await project.began(3);
    const prompt = project.promptOf(3);
    expect(prompt).toContain('- Iteration 2: succeeded\n  > did iteration 2');
    expect(prompt).toMatch(
      /The iterations up to [12], in the words of the model tiny:\n {2}> The l/,
    );
    project.letFinish(3);
    expect(await run.end).toMatchObject({ code: 0 });
  });
});

describe('once', () => {
  it('adds its iteration to the words found while its worker ran', async () => {
    const ollama = await useOllama(says(WORDS));
    const project = useProject();
    project.environment = { OLLAMA_HOST: ollama.host };
    project.letFinish(1);
    expect(await project.callLoop('once')).toMatchObject({ code: 0 });
    const second = project.beginLoop('once', ...MODEL);
    await project.began(2);
    await eventually('the model has answered', () => hasAnswered(project));
    project.letFinish(2);
    expect(await second.end).toMatchObject({ code: 0 });
    const text = readFileSync(project.data('summary.txt'), 'utf8');
    expect(text).toContain('- Iteration 2: succeeded\n  > did iteration 2');
    expect(text).toContain(`The iterations up to 1, in the words of the model tiny:\n  > ${WORDS}`);
    expect(project.eventsNamed('loop_end')).toHaveLength(2);
  });
});

function hasAnswered(project: CliProject): boolean {
  const log = readFileSync(project.data('loop.log'), 'utf8');
  return log.includes('put the last iterations into words');
}

describe('health', () => {
  it('tells whether the model answers, and fails for none', async () => {
    const ollama = await useOllama(says(WORDS));
    const project = useProject(AGENT);
    project.environment = { OLLAMA_HOST: ollama.host };
    const here = await look(project, 'tiny');
    const missing = await look(project, 'huge');
    await ollama.close();
    const gone = await look(project, 'tiny');
    expect(here).toMatchObject({ status: 'ok', detail: 'tiny answers (Ollama)' });
    expect(missing).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('there is no model'),
    });
    expect(gone).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('cannot be reached'),
    });
  });
});

async function look(project: CliProject, model: string): Promise<unknown> {
  project.environment = { ...project.environment, OLLAMA_SUMMARY_MODEL: model };
  const { code, out } = await project.call('health', '--json', '--prompt', 'PROMPT.md');
  const { checks }: { checks: { name: string }[] } = JSON.parse(out);
  return { code, ...checks.find(({ name }) => name === 'summary model') };
}

describe('with --summary-by agent', () => {
  const BY_AGENT = ['--summary-by', 'agent', '--interval', '0'];

  const SUMMARY = `So far: the parser stands. sk-ant-api03-${'abcdefghijklmnop'.repeat(2)}`;

  /** Iterations 1 and 4 write a summary, the others none. */
  function useWriter(): CliProject {
    const project = useProject('echo "did it"; cat "said-$AUTOLOOP_ITERATION"');
    for (const iteration of [1, 2, 3, 4, 5]) {
      const report = { status: 'success', changes: [`change ${iteration}`] };
      const block = [1, 4].includes(iteration) ? { ...report, summary: SUMMARY } : report;
      project.write(`said-${iteration}`, `\`\`\`json\n${JSON.stringify(block)}\n\`\`\`\n`);
    }
    return project;
  }

  it('the agent is asked for it, and the next prompt is told it in its own words', async () => {
    const project = useWriter();
    const { code, out, err } = await project.callLoop('run', ...BY_AGENT, '--max', '5');
    expect(code, out + err).toBe(0);
    expect(project.promptOf(1)).toContain('Put one field more into the report block');
    expect(project.promptOf(2)).toContain(
      'in the words of their agent:\n  > So far: the parser stands.',
    );
    expect(project.promptOf(2)).toContain('- Iteration 1: succeeded');
    expect(project.promptOf(3), 'with what came after it').toContain('change 2');
    expect(project.promptOf(3)).toContain('So far: the parser stands.');
    expect(project.promptOf(4), 'what is too old is told no more').not.toContain(
      'words of their agent',
    );
    expect(project.promptOf(5)).toContain('The iterations up to 4, in the words of their agent:');
    expect(sources(project)).toEqual(['agent', 'agent', 'derived', 'agent', 'agent']);
    expect(readFileSync(project.data('events.ndjson'), 'utf8')).not.toContain('abcdefghijklmnop');
    expect(project.promptOf(2)).not.toContain('abcdefghijklmnop');
  });

  it('without it the agent is not asked, and what it writes all the same is not used', async () => {
    const project = useWriter();
    const { code } = await project.callLoop('run', '--interval', '0', '--max', '2');
    expect(code).toBe(0);
    expect(project.promptOf(1)).not.toContain('Put one field more');
    expect(project.promptOf(2)).toContain('changed: change 1');
    expect(project.promptOf(2)).not.toContain('the parser stands');
    expect(sources(project)).toEqual(['derived', 'derived']);
  });
});
