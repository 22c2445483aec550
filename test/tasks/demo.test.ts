import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/task/parse-report.ts';
import { resolvePrompt } from '../../src/task/resolve-prompt.ts';
import { contextOf } from '../task/context-of.ts';
import { scratch } from '../task/scratch.ts';
import { useTask } from '../task/use-task.ts';

const TASKS = fileURLToPath(new URL('../../tasks', import.meta.url));
const ITEMS = [
  '--name NAME greets somebody by name',
  '--shout greets in capital letters',
  '--help tells the options',
];
const DONE = ITEMS.map((item) => `- [x] ${item}\n`).join('');

describe('the demo', () => {
  it('is shipped, with a prompt and defaults that need no account', () => {
    const { task, stderr } = useTask(place());
    expect(task).toMatchObject({ name: 'demo', directory: join(TASKS, 'demo') });
    expect(stderr).toBe('');
    expect(resolvePrompt({ task, promptFile: null, candidates: null }).text).toMatch(
      /^# Build one item/,
    );
  });

  it('plays three iterations as a loop does', () => {
    const dataDir = scratch();
    const targets = [];
    for (const iteration of [1, 2, 3]) {
      const target = select(dataDir, { iteration }).target;
      targets.push(target);
      const [helper, worker] = demo(dataDir, ['buildHelperContext', 'runWorker'], {
        iteration,
        target,
        prompt: 'x',
      });
      play(worker, `${String(helper)}\n\nthe prompt`);
    }
    expect(targets).toEqual(ITEMS);
    expect(select(dataDir, { iteration: 4 }).target).toBe(null);
    const [epilogue] = demo(dataDir, ['epilogue'], ENDED);
    expect(epilogue).toMatch(/^3 of 3 items .*stand-in, a script that needs no account/s);
    expect(epilogue).toMatch(/node \S+\/workspace\/hello\.mjs --name Ada --shout/);
    expect(epilogue).toMatch(/autoloop run --task demo --agent claude$/);
  }, 60_000);

  it('chooses the first open item of its sample, in a folder of its own', () => {
    const dataDir = scratch();
    expect(select(dataDir)).toMatchObject({
      target: ITEMS[0],
      candidates: ITEMS.map((name) => ({ name })),
    });
    expect(readdirSync(join(dataDir, 'workspace')).toSorted()).toEqual(['PRD.md', 'hello.mjs']);
  });

  it('runs the agent that was asked for instead of the stand-in, in the same folder', () => {
    const dataDir = scratch();
    const cwd = join(dataDir, 'workspace');
    const settings = { ...contextOf({}).settings, agentCommand: ['my-agent'] };
    expect(demo(dataDir, ['runWorker'], { prompt: 'p' })[0]).toMatchObject({
      command: { file: process.execPath, args: [join(TASKS, 'demo/stand-in-agent.mjs')] },
      cwd,
    });
    expect(demo(dataDir, ['runWorker'], { prompt: 'p', agent: 'claude' })[0]).toMatchObject({
      command: null,
      cwd,
    });
    expect(demo(dataDir, ['runWorker'], { prompt: 'p', settings })[0]).toMatchObject({
      command: null,
      cwd,
    });
  });
});

describe("the demo's sample project", () => {
  it('is kept by a run that goes on, also when everything is done', () => {
    const dataDir = scratch({ 'workspace/PRD.md': DONE, 'workspace.run': 'run-1\n' });
    expect(select(dataDir).target).toBe(null);
    expect(read(dataDir, 'workspace/PRD.md')).toBe(DONE);
  });

  it('is new in a new run when everything was done; the former one stays', () => {
    const dataDir = scratch({ 'workspace/PRD.md': DONE, 'workspace.run': 'run-1\n' });
    expect(select(dataDir, { runId: 'run-2' }).target).toBe(ITEMS[0]);
    expect(read(dataDir, 'workspace.previous/PRD.md')).toBe(DONE);
    expect(read(dataDir, 'workspace.run')).toBe('run-2\n');
  });

  it('is finished by a new run when something was left', () => {
    const left = `- [x] ${ITEMS[0]}\n- [ ] ${ITEMS[1]}\n`;
    const dataDir = scratch({ 'workspace/PRD.md': left, 'workspace.run': 'run-1\n' });
    expect(select(dataDir, { runId: 'run-2' }).target).toBe(ITEMS[1]);
    writeFileSync(join(dataDir, 'workspace/PRD.md'), DONE);
    expect(select(dataDir, { runId: 'run-2' }).target).toBe(null);
  });

  it.each([
    ['while it copied the sample', { 'workspace.new/hello.mjs': 'half' }],
    [
      'after it put the former one away',
      {
        'workspace.previous/PRD.md': DONE,
        'workspace.new/PRD.md': 'half',
        'workspace.run': 'run-0\n',
      },
    ],
    [
      'before it remembered the run',
      { 'workspace/PRD.md': `- [ ] ${ITEMS[0]}\n`, 'workspace.run': 'run-0\n' },
    ],
  ])('is whole after a kill %s', (_, files) => {
    const dataDir = scratch(files);
    expect(select(dataDir).target).toBe(ITEMS[0]);
    expect(existsSync(join(dataDir, 'workspace.new'))).toBe(false);
    expect(read(dataDir, 'workspace.run')).toBe('run-1\n');
  });

  it('is made again where somebody removed it', () => {
    const dataDir = scratch();
    select(dataDir);
    rmSync(join(dataDir, 'workspace'), { recursive: true });
    demo(dataDir, ['runWorker'], { prompt: 'p', target: ITEMS[1] });
    expect(existsSync(join(dataDir, 'workspace/PRD.md'))).toBe(true);
  });

  it('is not touched by a dry run', () => {
    const dataDir = scratch();
    expect(select(dataDir, { dryRun: true, runId: null }).target).toBe(ITEMS[0]);
    demo(dataDir, ['runWorker'], { dryRun: true, prompt: 'p' });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('fails the selection where its PRD is gone', () => {
    const dataDir = scratch({ 'workspace.run': 'run-1\n' });
    mkdirSync(join(dataDir, 'workspace'));
    const { results } = useTask(place(), [{ hook: 'selectTarget', context: context(dataDir, {}) }]);
    expect(results[0]).toMatchObject({ ok: false, message: expect.stringMatching(/PRD\.md/) });
  });
});

describe("the demo's ending", () => {
  it('tells how to build the rest, with the loop and the agent it was', () => {
    const dataDir = scratch({ 'workspace/PRD.md': `- [ ] ${ITEMS[0]}\n` });
    const [mine] = demo(dataDir, ['epilogue'], { ...ENDED, loop: 'second' });
    expect(mine).toMatch(
      /^0 of 1 items .*Build the rest:\n\n {2}autoloop run --task demo --name second$/s,
    );
    const [theirs] = demo(dataDir, ['epilogue'], { ...ENDED, agent: 'claude' });
    expect(theirs).toMatch(/--agent claude$/);
    expect(theirs).not.toMatch(/stand-in/);
  });

  it('is silent where nothing was built', () => {
    expect(demo(scratch(), ['epilogue'], ENDED)[0]).toBe('');
  });
});

const ENDED = { ending: { reason: 'max', exitCode: 0, iterations: 3 }, program: 'autoloop' };

function select(dataDir: string, facts: object = {}): { target: unknown; candidates: unknown } {
  const [selection] = demo(dataDir, ['selectTarget'], facts);
  return selection as { target: unknown; candidates: unknown };
}

/** What these hooks of the demo come to, called in one process. */
function demo(dataDir: string, hooks: readonly string[], facts: object = {}): unknown[] {
  const used = useTask(
    place(),
    hooks.map((hook) => ({ hook, context: context(dataDir, facts) })),
  );
  const failed = used.results.find((result) => !result.ok);
  if (failed) {
    throw new Error(failed.message);
  }
  return used.results.map((result) => result.value);
}

function place() {
  return { name: 'demo', root: '/nowhere', shippedDir: TASKS };
}

function context(dataDir: string, facts: object): object {
  return contextOf({
    task: 'demo',
    dataDir,
    taskDir: join(TASKS, 'demo'),
    workspace: '/',
    ...facts,
  });
}

/** What the isolation layer would do. */
function play(worker: unknown, prompt: string): void {
  const { command, cwd } = worker as { command: { file: string; args: string[] }; cwd: string };
  const agent = spawnSync(command.file, [...command.args, '--pace', '0'], {
    cwd,
    input: prompt,
    encoding: 'utf8',
  });
  expect(parseReport(agent.stdout)).toMatchObject({
    derived: false,
    changes: [expect.anything(), expect.anything()],
  });
}

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
