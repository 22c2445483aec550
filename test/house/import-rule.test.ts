import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkImports } from './import-rule.ts';

test.each([
  ['a layer above', 'src/domain/a.ts', "import { b } from '../runner/b.ts';", 'layer'],
  ['a type-only import', 'src/ports/a.ts', "import type { B } from '../stores/b.ts';", 'layer'],
  ['an inline type import', 'src/ports/a.ts', "type B = import('../stores/b.ts').B;", 'layer'],
  ['a dynamic import', 'src/agents/a.ts', "void import('../cli/b.ts');", 'layer'],
  ['a re-export', 'src/task/a.ts', "export * from '../actors/b.ts';", 'layer'],
  ['a named re-export', 'src/task/a.ts', "export { b } from '../actors/b.ts';", 'layer'],
  ['the machines in a store', 'src/stores/a.ts', "import '../../machines/b.ts';", 'layer'],
  ['the CLI in the runner', 'src/runner/a.ts', "import '../cli/b.ts';", 'layer'],
  ['a task in the runner', 'src/runner/a.ts', "import '../../tasks/demo/task.ts';", 'layer'],
  [
    'the inside of autoloop in a task',
    'tasks/one/task.ts',
    "import '../../src/stores/b.ts';",
    'layer',
  ],
  ['another task', 'tasks/one/task.ts', "import '../two/task.ts';", 'layer'],
  ['a file outside of all layers', 'src/cli/a.ts', "import '../../package.json';", 'layer'],
  ['a folder without a row', 'src/utils/a.ts', '', 'layer'],
  ['a test', 'src/domain/a.ts', "import '../../test/fakes/b.ts';", 'test'],
  ['a package', 'src/domain/a.ts', "import { createActor } from 'xstate';", 'npm'],
  ['a package of a scope', 'src/domain/a.ts', "import '@scope/name/deep.js';", 'npm'],
  ['a package that was required', 'src/cli/a.ts', "require('pino');", 'npm'],
  ['Node in the domain', 'src/domain/a.ts', "import { join } from 'node:path';", 'node'],
  ['Node without its prefix', 'machines/a.ts', "import 'fs';", 'node'],
  ['Node besides streams', 'src/redaction/a.ts', "import 'node:fs';", 'node'],
  ['Node besides the loader', 'src/task/hooks.ts', "import 'node:fs';", 'node'],
  ['a process in a command', 'src/cli/commands/a.ts', "import 'node:child_process';", 'process'],
  ['a process in a store', 'src/stores/a.ts', "import { spawn } from 'child_process';", 'process'],
  ['the environment', 'src/runner/a.ts', 'void process.env.HOME;', 'env'],
  ['the environment by a string', 'src/runner/a.ts', "void process['env'];", 'env'],
  ['the environment by globalThis', 'src/runner/a.ts', 'void globalThis.process.env;', 'env'],
  ['the environment taken apart', 'src/runner/a.ts', 'const { env } = process;', 'env'],
  ['the environment imported', 'src/runner/a.ts', "import { env } from 'node:process';", 'env'],
  ['the console', 'src/log/a.ts', "console.log('x');", 'console'],
  ['the console handed on', 'tasks/one/task.ts', 'export const sink = console;', 'console'],
  ['the clock in a machine', 'machines/a.ts', 'void Date.now();', 'pure'],
  ['chance in the domain', 'src/domain/a.ts', 'void Math.random();', 'pure'],
])('finds %s', (_what, file, code, rule) => {
  const found = checkImports(seed({ [file]: `// first line\n${code}\n` }));
  expect(found.map((violation) => violation.rule)).toEqual([rule]);
  expect(found[0]).toMatchObject({ file, line: code === '' ? 1 : 2 });
});

test('finds a circle, once, with its members', () => {
  const root = seed({
    'src/domain/a.ts': "import './b.ts';\n",
    'src/domain/b.ts': "\nimport type { C } from './deep/c.ts';\n",
    'src/domain/deep/c.ts': "void import('../a.ts');\n",
  });
  expect(checkImports(root)).toEqual([
    {
      file: 'src/domain/a.ts',
      line: 1,
      rule: 'cycle',
      message: 'src/domain/a.ts → src/domain/b.ts → src/domain/deep/c.ts → src/domain/a.ts',
    },
  ]);
});

test('tells what is allowed instead', () => {
  const [found] = checkImports(seed({ 'src/ports/a.ts': "import '../cli/b.ts';\n" }));
  expect(found?.message).toBe('src/ports may not import src/cli: allowed are src/domain');
});

test('lets pass what the table allows', () => {
  const root = seed({
    'machines/loop.machine.ts': "import { setup } from 'xstate';\nimport '../src/domain/b.ts';\n",
    'src/actors/a.ts': "import { execa } from 'execa';\nimport 'node:child_process';\n",
    'src/agents/a.ts': "import { z } from 'zod/mini';\nimport './deep/b.ts';\n",
    'src/cli/main.ts': "console.log(process.env, await import('../runner/b.ts'));\n",
    'src/task/load-task.ts': "import 'node:fs';\n",
    'tasks/one/task.ts': "import 'autoloop/task';\nimport './b.ts';\nimport 'node:fs';\n",
  });
  expect(checkImports(root)).toEqual([]);
});

function seed(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'autoloop-import-rule-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), source);
  }
  return root;
}
