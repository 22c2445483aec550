import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeHash } from './tree-hash.ts';
import { folder, useCommand, type Called } from './use-command.ts';

const AUTOLOOP = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');

interface Listed {
  readonly name: string;
  readonly shipped: boolean;
  readonly description: string | null;
  readonly hooks: readonly string[];
  readonly gates: readonly string[] | null;
  readonly problem: string | null;
}

describe('tasks list', () => {
  it("lists the project's tasks, then those that come with autoloop", async () => {
    const cwd = project({ demo: "export default { description: 'Mine' };", zoo: EMPTY });
    const tasks = await listed(cwd);
    expect(tasks.map(({ name, shipped }) => [name, shipped])).toEqual(
      expect.arrayContaining([
        ['demo', false],
        ['zoo', false],
        ['prompt', true],
        ['resource-improvement', true],
        ['scenario-improvement', true],
      ]),
    );
    expect(tasks.filter(({ name }) => name === 'demo')).toMatchObject([{ description: 'Mine' }]);
    const { out } = await tasksIn(cwd, ['list']);
    expect(out).toMatch(/demo +project +Mine/);
    expect(out).toMatch(/prompt +autoloop +Runs any prompt file/);
  });

  it('says how many gates a task has, and which', async () => {
    const cwd = project({
      none: EMPTY,
      some: "export default { gates: [{ name: 'types', command: 'tsc' }, { name: 'tests', command: 'vitest run' }] };",
      told: 'export default { gates: () => [] };',
    });
    const gates = (await listed(cwd)).filter(({ shipped }) => !shipped);
    expect(gates.map(({ name, gates: names }) => [name, names])).toEqual([
      ['none', []],
      ['some', ['types', 'tests']],
      ['told', null],
    ]);
    const { out } = await tasksIn(cwd, ['list']);
    expect(out).toMatch(/^none .*–$/m);
    expect(out).toMatch(/^some .* 2$/m);
    expect(out).toMatch(/^told .* function$/m);
    const validated = async (name: string): Promise<string> =>
      (await tasksIn(cwd, ['validate', name])).out;
    expect(await validated('some')).toMatch(/gates +2: types, tests/);
    expect(await validated('told')).toMatch(/gates +a function says which/);
    expect(await validated('none')).not.toContain('gates');
  });

  it('lists and validates a bash task', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'tasks/old/prompts'), { recursive: true });
    writeFileSync(join(cwd, 'tasks/old/task.sh'), 'LOOP_TASK=old\n');
    writeFileSync(join(cwd, 'tasks/old/prompts/old-loop.md'), 'Do it.');
    expect((await listed(cwd))[0]).toMatchObject({ name: 'old', shipped: false, problem: null });
    expect(await tasksIn(cwd, ['validate', 'old'])).toMatchObject({ code: 0 });
  });

  it.each([
    ['does not parse', 'export default {', /syntax error/],
    ['throws', "throw new Error('no luck'); export default {}", /no luck/],
    ['is no task', 'export default 3', /not an object/],
    ['never ends being loaded', 'await new Promise(() => {})', /5 s/],
  ])('lists a task whose module %s, with the reason, and the others', async (_, code, reason) => {
    const cwd = project({ bad: code, good: EMPTY });
    const tasks = await listed(cwd);
    const problems = Object.fromEntries(tasks.map(({ name, problem }) => [name, problem]));
    expect(problems).toMatchObject({ good: null, prompt: null });
    expect(problems['bad']).toMatch(reason);
  });
});

describe('tasks new', () => {
  it('writes a task that is valid as it stands, and whose own test passes', async () => {
    const cwd = folder();
    const { code, out } = await tasksIn(cwd, ['new', 'polish']);
    expect(code).toBe(0);
    expect(out).toMatch(/created +tasks\/polish\/task\.ts\n[^]*node --test tasks\/polish/);
    expect(await tasksIn(cwd, ['validate', 'polish'])).toMatchObject({ code: 0 });
    const report = execFileSync(process.execPath, ['--test', 'tasks/polish/task.test.mjs'], {
      cwd,
      env: { ...process.env, AUTOLOOP, NODE_TEST_CONTEXT: undefined },
      encoding: 'utf8',
    });
    expect(report).toMatch(/pass 2\b/);
    expect(report).toMatch(/fail 0\b/);
  });

  it('has a test that fails when the task is broken', async () => {
    const cwd = folder();
    await tasksIn(cwd, ['new', 'polish']);
    const file = join(cwd, 'tasks/polish/task.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replace('!item.done', 'item.done'));
    const runTest = (): string =>
      execFileSync(process.execPath, ['--test', 'tasks/polish/task.test.mjs'], {
        cwd,
        env: { ...process.env, AUTOLOOP, NODE_TEST_CONTEXT: undefined },
        stdio: 'pipe',
        encoding: 'utf8',
      });
    expect(runTest).toThrow(/Command failed/);
  });

  it('writes over nothing, not even a link to nowhere', async () => {
    const cwd = project({ polish: EMPTY });
    symlinkSync('nowhere', join(cwd, 'tasks/linked'));
    const before = treeHash(cwd);
    expect(await tasksIn(cwd, ['new', 'polish'])).toMatchObject({ code: 150 });
    expect(await tasksIn(cwd, ['new', 'linked'])).toMatchObject({ code: 150 });
    expect(treeHash(cwd)).toBe(before);
  });

  it.each(['', '.', '..', '../x', 'a/b', '-x', 'a b', 'x'.repeat(65), 'ä'])(
    'refuses the name "%s"',
    async (name) => {
      const cwd = folder();
      const { code, notices } = await tasksIn(cwd, ['new', name]);
      expect(code).toBe(150);
      expect(notices).toMatch(/is not a name for a task/);
      expect(treeHash(cwd)).toBe(treeHash(folder()));
    },
  );
});

describe('tasks validate', () => {
  it('looks at all tasks of the project, and fails when one is wrong', async () => {
    const cwd = project({ good: EMPTY, bad: 'export default { buildPromt() {} };' });
    const { code, out } = await useCommand('tasks', {
      cwd,
      args: ['validate'],
      globals: { json: true },
    });
    expect(code).toBe(150);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      tasks: [
        { name: 'bad', checks: [{ name: 'module', status: 'fail' }] },
        { name: 'good', checks: [{ name: 'module', status: 'ok' }, {}, {}, { name: 'prompt' }] },
      ],
    });
    expect(out).toContain('did you mean \\"buildPrompt\\"?');
  });

  it.each([
    ['a default that is no setting', 'defaults: { intervall: 3 }', /no setting named "intervall"/],
    ['a value that is not allowed', "defaults: { interval: 'soon' }", /"soon", which is not/],
    ['no prompt', "promptCandidates: () => ['none.md']", /none\.md does not exist/],
    ['a hook for it that throws', "promptCandidates() { throw new Error('oh') }", /threw: oh/],
  ])('finds %s', async (_, definition, says) => {
    const cwd = project({ bad: `export default { ${definition} };` });
    const { code, out } = await tasksIn(cwd, ['validate', 'bad']);
    expect(code).toBe(150);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(says);
  });

  it('is not misled by what the operator set for a run', async () => {
    const cwd = project({ good: EMPTY });
    const environment = { TIMEOUT: 'soon', PROMPT_PATH: '/none', LOOP_TASK: 'other' };
    const { code } = await useCommand('tasks', { cwd, args: ['validate'], environment });
    expect(code).toBe(0);
  });

  it('says that there is no such task', async () => {
    const { code, out } = await tasksIn(folder(), ['validate', 'demmo']);
    expect(code).toBe(150);
    expect(out).toMatch(/There is no task "demmo"[^]*Did you mean: --task demo/);
  });
});

it.each([['shuffle'], ['new'], ['new', 'a', 'b'], ['list', 'x'], ['toString']])(
  'refuses: tasks %s %s',
  async (...args) => {
    expect(await tasksIn(folder(), args)).toMatchObject({ code: 2 });
  },
);

const EMPTY = "export default { description: 'x' };";

/** A project with these tasks, each with a prompt. */
function project(tasks: Readonly<Record<string, string>>): string {
  const cwd = folder();
  for (const [name, code] of Object.entries(tasks)) {
    mkdirSync(join(cwd, 'tasks', name, 'prompts'), { recursive: true });
    writeFileSync(join(cwd, 'tasks', name, 'task.mjs'), code);
    writeFileSync(join(cwd, 'tasks', name, 'prompts', `${name}.md`), 'Do it.');
  }
  return cwd;
}

function tasksIn(cwd: string, args: readonly string[]): Promise<Called> {
  return useCommand('tasks', { cwd, args });
}

async function listed(cwd: string): Promise<Listed[]> {
  const { out } = await useCommand('tasks', { cwd, args: ['list'], globals: { json: true } });
  return JSON.parse(out);
}
