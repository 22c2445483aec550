import { describe, expect, it } from 'vitest';
import type { TaskDefinition } from '../../src/task/definition.ts';
import { callHook, type HookCall } from '../../src/task/run-hook.ts';
import type { HookContexts } from '../../src/task/hooks.ts';
import type { HookName } from '../../src/task/task.ts';
import { contextOf } from './context-of.ts';

const ALL = {
  basePrompt: 'base',
  summary: '',
  helperContext: 'helper',
  prefix: '',
  notes: [],
  failed: null,
  prompt: 'the prompt',
  outcome: 'succeeded',
  report: null,
  ending: { reason: 'max', exitCode: 0, iterations: 1 },
  program: 'autoloop',
} as const;

describe('calling a hook', () => {
  it('hands over its context, and the definition as this', async () => {
    const definition = {
      description: 'prefix',
      buildHelperContext(context: { iteration: number }) {
        return `${this.description} ${context.iteration}`;
      },
    };
    expect(await call(definition, 'buildHelperContext')).toEqual({ ok: true, value: 'prefix 7' });
  });

  it('is watched from before it begins until it is over', async () => {
    const seen: string[] = [];
    const watch = (hook: HookName) => {
      seen.push(`begin ${hook}`);
      return () => void seen.push('end');
    };
    for (const buildHelperContext of [() => 'x', () => Promise.reject(new Error('no'))]) {
      const definition = { buildHelperContext: () => (seen.push('call'), buildHelperContext()) };
      const place = { name: 'mine', directory: '/tasks/mine', file: '/tasks/mine/task.ts' };
      const task = { ...place, shipped: false, definition, watch };
      await callHook(task, 'buildHelperContext', contextOf({}));
    }
    const one = ['begin buildHelperContext', 'call', 'end'];
    expect(seen).toEqual([...one, ...one]);
  });

  it('is no trouble where what it returned throws when it is looked at', async () => {
    const returned = {
      get target(): string {
        throw new Error('hands off');
      },
    };
    const result = await call({ selectTarget: () => returned }, 'selectTarget');
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('hands off') });
  });

  it.each<[HookName, unknown]>([
    ['checkWorkerAvailable', { available: true, reason: null }],
    ['selectTarget', null],
    ['promptCandidates', null],
    ['buildHelperContext', ''],
    ['buildPrompt', 'helper\n\nbase'],
    ['prepareWorkerEnv', {}],
    ['runWorker', { command: null, stdin: 'the prompt', env: {}, cwd: '/work space' }],
    ['afterIteration', null],
    ['measure', {}],
    ['epilogue', ''],
  ])('goes by its default where a task has no %s', async (name, value) => {
    expect(await call({}, name)).toEqual({ ok: true, value });
  });

  it.each<[HookName, unknown, unknown]>([
    ['checkWorkerAvailable', false, { available: false, reason: null }],
    [
      'checkWorkerAvailable',
      { available: false, reason: 'no jq' },
      { available: false, reason: 'no jq' },
    ],
    ['selectTarget', null, { target: null, candidates: [] }],
    ['selectTarget', 'a', { target: 'a', candidates: [{ name: 'a', score: null, reason: null }] }],
    [
      'selectTarget',
      { target: 'a', candidates: ['b', { name: 'a', score: 3, reason: 'old' }] },
      {
        target: 'a',
        candidates: [
          { name: 'b', score: null, reason: null },
          { name: 'a', score: 3, reason: 'old' },
        ],
      },
    ],
    ['promptCandidates', ['a.md', '/b.md'], ['/tasks/mine/a.md', '/b.md']],
    ['prepareWorkerEnv', { A: 'a' }, { A: 'a' }],
    ['measure', undefined, {}],
    ['measure', { prd: { done: 1, total: 3 } }, { prd: { done: 1, total: 3 } }],
    ['measure', { issuesFixed: 2, drifted: false }, { issuesFixed: 2, drifted: false }],
    ['measure', { ownPaths: ['a', '/work space/b'] }, { ownPaths: ['a', 'b'] }],
    ['runWorker', undefined, { command: null, stdin: 'the prompt', env: {}, cwd: '/work space' }],
    [
      'runWorker',
      { cwd: 'sub' },
      { command: null, stdin: 'the prompt', env: {}, cwd: '/work space/sub' },
    ],
    [
      'runWorker',
      { command: 'tools/x.sh', args: ['-a'], stdin: '', env: { A: 'a' }, cwd: '/else' },
      {
        command: { file: '/tasks/mine/tools/x.sh', args: ['-a'] },
        stdin: '',
        env: { A: 'a' },
        cwd: '/else',
      },
    ],
    [
      'runWorker',
      { command: 'jq' },
      { command: { file: 'jq', args: [] }, stdin: 'the prompt', env: {}, cwd: '/work space' },
    ],
    ['afterIteration', 17, null],
    ['epilogue', ' that was it\n', 'that was it'],
  ])('brings what %s returns into one form: %o', async (name, returned, value) => {
    expect(await call({ [name]: () => returned }, name)).toEqual({ ok: true, value });
    expect(await call({ [name]: async () => returned }, name)).toEqual({ ok: true, value });
  });
});

describe('a hook that fails', () => {
  it.each<[HookName, unknown, string]>([
    [
      'checkWorkerAvailable',
      'yes',
      'must return true, false or {available, reason?}, but returned a string',
    ],
    [
      'selectTarget',
      undefined,
      'must return a name in one line, null or {target, candidates?}, but returned nothing (undefined)',
    ],
    ['selectTarget', '', 'but returned an empty string'],
    ['selectTarget', 'two\nlines', 'but returned a string'],
    ['promptCandidates', 'a.md', 'must return an array of paths, but returned a string'],
    ['promptCandidates', ['a.md', 3], 'but its 1 is a number'],
    ['buildHelperContext', undefined, 'must return a string, but returned nothing (undefined)'],
    [
      'buildPrompt',
      ' \n',
      'must return the prompt, a string that is not blank, but returned a string',
    ],
    [
      'prepareWorkerEnv',
      { PORT: 3000 },
      'must return an object of variable names and strings, but its PORT is a number',
    ],
    ['prepareWorkerEnv', { A: 'a\0b' }, 'but its A is a string that cannot be used there'],
    ['prepareWorkerEnv', null, 'but returned null'],
    ['runWorker', { args: 'a b' }, 'but its args is a string'],
    ['runWorker', { cmd: 'x' }, 'but returned the unknown key cmd'],
    ['runWorker', { args: ['x'] }, 'but its command is nothing (undefined)'],
    [
      'measure',
      { prd: { done: 4, total: 3 } },
      'must return nothing or {prd?: {done, total}, issuesFixed?, resourcesImproved?, scenariosValidated?, capabilitiesAdded?, resourcesHealthy?: {healthy, total}, scenariosValid?: {valid, total}, drifted?, ownPaths?}, but its prd.done is a number',
    ],
    ['epilogue', ['x'], 'must return a string, but returned an array'],
  ])('is told when %s returns %o', async (name, returned, problem) => {
    const result = await call({ [name]: () => returned }, name);
    expect(result).toMatchObject({ ok: false, fix: `Correct ${name} in /tasks/mine/task.ts.` });
    expect(result).toMatchObject({
      message: expect.stringContaining(`Hook ${name} of task "mine" must`),
    });
    expect(result).toMatchObject({ message: expect.stringContaining(problem) });
  });

  it('never tells a value, which may be a secret', async () => {
    const result = await call(
      { prepareWorkerEnv: () => ({ KEY: ['hunter2'] }) },
      'prepareWorkerEnv',
    );
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no jq');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('no jq'))],
    [
      'throws what is no error',
      () => {
        throw 'no jq';
      },
    ],
  ])('is told when it %s', async (_, buildPrompt) => {
    expect(await call({ buildPrompt }, 'buildPrompt')).toMatchObject({
      ok: false,
      message: 'Hook buildPrompt of task "mine" threw: no jq (/tasks/mine/task.ts).',
    });
  });

  it('is told with the line of the task that threw', async () => {
    const buildPrompt = () => {
      const error = new Error('no jq');
      error.stack =
        'Error: no jq\n    at deep (file:///lib.ts:1:1)\n    at buildPrompt (file:///tasks/mine/task.ts:12:3)';
      throw error;
    };
    const result = await call({ buildPrompt }, 'buildPrompt');
    expect(result).toMatchObject({
      message: expect.stringContaining('threw: no jq, at line 12 ('),
    });
  });

  it('is given up when its time is over, and sees its signal aborted', async () => {
    let aborted = false;
    const selectTarget: TaskDefinition['selectTarget'] = async ({ signal }) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise<string>(() => {});
    };
    const clock = {
      startTimer: (_: number, fire: () => void) => {
        queueMicrotask(fire);
        return () => {};
      },
    };
    const result = await call({ selectTarget }, 'selectTarget', { timeoutMs: 5000, clock });
    expect(result).toMatchObject({
      message: 'Hook selectTarget of task "mine" did not finish within 5 s (/tasks/mine/task.ts).',
    });
    expect(aborted).toBe(true);
  });

  it('is given up when the loop stops, and not called at all when it has stopped', async () => {
    const stop = new AbortController();
    let calls = 0;
    const epilogue = async () => {
      calls += 1;
      stop.abort();
      return new Promise<string>(() => {});
    };
    const context = { signal: stop.signal };
    expect(await call({ epilogue }, 'epilogue', {}, context)).toMatchObject({ ok: false });
    expect(await call({ epilogue }, 'epilogue', {}, context)).toMatchObject({
      message: expect.stringMatching(/loop is stopping/),
    });
    expect(calls).toBe(1);
  });

  it('may fail again after it was given up, unnoticed', async () => {
    const late = Promise.withResolvers<string>();
    const clock = {
      startTimer: (_: number, fire: () => void) => {
        queueMicrotask(fire);
        return () => {};
      },
    };
    const ended = await call({ epilogue: () => late.promise }, 'epilogue', { clock });
    expect(ended).toMatchObject({ ok: false });
    late.reject(new Error('late'));
    await new Promise(setImmediate);
  });

  it('leaves no timer behind', async () => {
    let running = 0;
    const clock = {
      startTimer: () => {
        running += 1;
        return () => {
          running -= 1;
        };
      },
    };
    await call({ epilogue: () => 'x' }, 'epilogue', { clock });
    expect(running).toBe(0);
  });
});

function call<Name extends HookName>(
  definition: object,
  name: Name,
  options: HookCall = {},
  context: object = {},
) {
  const task = {
    name: 'mine',
    directory: '/tasks/mine',
    file: '/tasks/mine/task.ts',
    shipped: false,
    definition,
  };
  const full = {
    ...contextOf({ taskDir: '/tasks/mine', workspace: '/work space', iteration: 7 }),
    ...ALL,
    ...context,
  };
  return callHook(task, name, full as unknown as HookContexts[Name], options);
}
