import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from './scratch.ts';
import { useTask } from './use-task.ts';

const OK =
  "import { defineTask } from 'autoloop/task';\nexport default defineTask({ description: 'x' });\n";

describe('loading a task', () => {
  it('loads TypeScript from a project that has not installed autoloop', () => {
    const { task, stderr } = load({
      'tasks/mine/task.ts': OK.replace('({', '({ defaults: {} as object,'),
    });
    expect(task).toMatchObject({
      name: 'mine',
      shipped: false,
      definition: ['defaults', 'description'],
    });
    expect(stderr).toBe('');
  });

  it.each(['task.mjs', 'task.js', 'task.mts'])('loads %s', (name) => {
    expect(load({ [`tasks/mine/${name}`]: OK }).task.file).toMatch(`tasks/mine/${name}`);
  });

  it.each(['commonjs', 'module'])(
    'takes the modules of a task for ES modules in a project of type %s',
    (type) => {
      const { task, stderr } = load({
        'package.json': JSON.stringify({ type }),
        'tasks/mine/task.ts': `import { text } from './text.ts';\nimport './plain.js';\n${OK.replace("'x'", 'text')}`,
        'tasks/mine/text.ts': "export const text: string = 'x';\n",
        'tasks/mine/plain.js': 'export const plain = 1;\n',
      });
      expect(task.name).toBe('mine');
      expect(stderr).toBe('');
    },
  );

  it('gives the task the very autoloop that runs', () => {
    const { results } = load(
      {
        'node_modules/autoloop/package.json':
          '{"name":"autoloop","exports":{"./task":"./none.js"}}',
        'tasks/mine/task.mjs':
          "import { composePrompt, reportInstructions } from 'autoloop/task';\nexport default { buildPrompt: composePrompt, buildHelperContext: () => reportInstructions };\n",
      },
      [
        { hook: 'buildHelperContext', context: {} },
        {
          hook: 'buildPrompt',
          context: { basePrompt: 'b', helperContext: 'h', summary: '', prefix: '', notes: [] },
        },
      ],
    );
    expect(results[0]?.value).toMatch('End your last message with a report');
    expect(results[1]).toEqual({ ok: true, value: 'h\n\nb' });
  });

  it('loads a task whose folder is a link and has a blank in its path', () => {
    const root = scratch({ 'else where/task.ts': OK });
    mkdirSync(join(root, 'tasks'));
    symlinkSync(join(root, 'else where'), join(root, 'tasks/mine'));
    expect(useTask({ name: 'mine', root, shippedDir: root }).task.directory).toBe(
      join(root, 'tasks/mine'),
    );
  });

  it('finds a shipped task, and prefers the project task of the same name', () => {
    const root = scratch({
      'shipped/a/task.mjs': OK,
      'shipped/b/task.mjs': OK,
      'tasks/b/task.ts': OK,
    });
    const shippedDir = join(root, 'shipped');
    expect(useTask({ name: 'a', root, shippedDir }).task).toMatchObject({
      shipped: true,
      file: `${shippedDir}/a/task.mjs`,
    });
    expect(useTask({ name: 'b', root, shippedDir }).task).toMatchObject({
      shipped: false,
      file: `${root}/tasks/b/task.ts`,
    });
  });
});

describe('refusing a task', () => {
  it.each<[string, Record<string, string>, RegExp, RegExp]>([
    [
      'a folder that is missing, listing the tasks',
      { 'tasks/first/task.ts': OK, 'shipped/second/task.mjs': OK },
      /There is no task "mine" in .*\/tasks\. Tasks: first, second\./,
      /--task/,
    ],
    ['a near miss', { 'tasks/mined/task.ts': OK }, /no task "mine"/, /Did you mean: --task mined/],
    [
      'a bash task where nothing can read one, also where a shipped task has its name',
      { 'tasks/mine/task.sh': '', 'shipped/mine/task.mjs': OK },
      /tasks\/mine\/task\.sh could not be sourced: nothing here can read bash tasks/,
      /bash -n/,
    ],
    [
      'a folder without a module',
      { 'tasks/mine/x.md': '' },
      /holds none of task\.ts, /,
      /Write .*task\.ts/,
    ],
    [
      'two modules',
      { 'tasks/mine/task.ts': OK, 'tasks/mine/task.js': OK },
      /several task modules: task\.ts, task\.js/,
      /Keep one/,
    ],
    [
      'a syntax error in TypeScript, with its line',
      { 'tasks/mine/task.ts': "export default {\n  description: 'x'\n  defaults: {},\n};\n" },
      /tasks\/mine\/task\.ts:3: syntax error: Expected/,
      /Correct .*task\.ts:3/,
    ],
    [
      'a syntax error in JavaScript, with its line',
      { 'tasks/mine/task.mjs': "export default {\n  description: 'x'\n  defaults: {},\n};\n" },
      /tasks\/mine\/task\.mjs:3: syntax error: Unexpected identifier 'defaults'/,
      /Correct .*task\.mjs:3/,
    ],
    [
      'a syntax error in a module of the task, with its own name',
      {
        'tasks/mine/task.mjs': "import './part.mjs';\nexport default {};\n",
        'tasks/mine/part.mjs': 'let a;\nlet = ;\n',
      },
      /tasks\/mine\/part\.mjs:2: syntax error/,
      /Correct .*part\.mjs:2/,
    ],
    [
      'TypeScript that is more than types',
      { 'tasks/mine/task.ts': 'const a = 1;\nenum Color { Red }\nexport default {};\n' },
      /task\.ts:2: TypeScript enum is not supported/,
      /"as const" instead of an enum/,
    ],
    [
      'a package that is not installed',
      { 'tasks/mine/task.ts': "import 'no-such-package';\nexport default {};\n" },
      /Cannot find package 'no-such-package' imported from .*task\.ts/,
      /npm install no-such-package/,
    ],
    [
      'a path that leads nowhere',
      { 'tasks/mine/task.ts': "import './part';\nexport default {};\n" },
      /Cannot find module '.*\/tasks\/mine\/part' imported from/,
      /Correct the path, with its extension/,
    ],
    [
      'an import autoloop does not have',
      { 'tasks/mine/task.ts': "import { definTask } from 'autoloop/task';\nexport default {};\n" },
      /task\.ts:1: .*'autoloop\/task' does not provide an export named 'definTask'/,
      /Correct/,
    ],
    [
      'a module that throws, with its line',
      { 'tasks/mine/task.ts': "const a: number = 1;\nthrow new Error('no ' + a);\n" },
      /task\.ts:2: the task could not be loaded: no 1\./,
      /Correct .*task\.ts:2/,
    ],
    [
      'a module without default export',
      { 'tasks/mine/task.ts': 'export const task = {};\n' },
      /has no default export/,
      /export default defineTask/,
    ],
    [
      'a default export that is no object',
      { 'tasks/mine/task.mjs': 'export default () => ({});\n' },
      /its default export is a function, not an object/,
      /Correct/,
    ],
    [
      'a hook that is misspelt',
      { 'tasks/mine/task.mjs': "export default { buildPromt: () => 'x' };\n" },
      /task\.mjs is no task: unknown key "buildPromt", did you mean "buildPrompt"\?/,
      /Correct .*task\.mjs/,
    ],
    [
      'the name of a shell hook',
      { 'tasks/mine/task.mjs': 'export default { task_run_worker() {} };\n' },
      /did you mean "runWorker"/,
      /Correct/,
    ],
    [
      'a key nobody knows',
      { 'tasks/mine/task.mjs': 'export default { zzz: 1 };\n' },
      /unknown key "zzz" \(known: name, description, /,
      /Correct/,
    ],
    [
      'a hook that is no function',
      { 'tasks/mine/task.mjs': "export default { runWorker: 'x' };\n" },
      /hook "runWorker" is a string, not a function/,
      /Correct/,
    ],
    [
      'facts of a wrong type',
      { 'tasks/mine/task.mjs': 'export default { expectsChanges: 1 };\n' },
      /"expectsChanges" is a number, not true or false/,
      /Correct/,
    ],
    [
      'a default that no setting can have',
      { 'tasks/mine/task.mjs': 'export default { defaults: { interval: {} } };\n' },
      /"defaults\.interval" is an empty object, not a setting's value/,
      /Correct/,
    ],
    [
      'another name than its folder',
      { 'tasks/mine/task.mjs': "export default { name: 'yours' };\n" },
      /calls itself "yours", but its folder is "mine"/,
      /Rename/,
    ],
  ])('refuses %s', (_, files, message, fix) => {
    const { error } = load(files);
    expect(error?.code).toBe(150);
    expect(error?.message).toMatch(message);
    expect(error?.fix).toMatch(fix);
  });

  it('tells of everything that is wrong at once', () => {
    const { error } = load({
      'tasks/mine/task.mjs': "export default { name: 1, epilogue: 'x', epilog: 2 };\n",
    });
    expect(error?.message).toMatch(
      /"name" is a number.*hook "epilogue" is a string.*unknown key "epilog"/,
    );
  });

  it('refuses a module that is never done', () => {
    const root = scratch({
      'tasks/mine/task.mjs': 'await new Promise(() => {});\nexport default {};\n',
    });
    const { error } = useTask({ name: 'mine', root, shippedDir: root }, [], { timeoutMs: 50 });
    expect(error).toMatchObject({
      code: 150,
      message: expect.stringMatching(/could not be loaded: it did not finish within 0\.05 s/),
    });
  });

  it.each(['../mine', '', '.', 'a/b', '-x'])('refuses the name "%s"', (name) => {
    const root = scratch();
    expect(useTask({ name, root, shippedDir: root }).error).toMatchObject({ code: 150 });
  });
});

function load(files: Readonly<Record<string, string>>, calls: Parameters<typeof useTask>[1] = []) {
  const root = scratch(files);
  return useTask({ name: 'mine', root, shippedDir: join(root, 'shipped') }, calls);
}
