import { expect, test } from 'vitest';
import { readArguments } from '../../src/cli/program.ts';

test.each([
  [['resource', 'status'], 'resource-improvement'],
  [['scenario', 'run', '--max', '3'], 'scenario-improvement'],
  [['--json', 'resource', 'status'], 'resource-improvement'],
  [['--root', 'resource', 'scenario', 'status'], 'scenario-improvement'],
  [['--name=x', '-q', 'resource', 'status', '--all'], 'resource-improvement'],
])('%j asks for the task %s', async (words, task) => {
  expect(await readArguments(words)).toMatchObject({ kind: 'command', globals: { task } });
});

test.each([
  [['note', 'resource']],
  [['--task', 'resource', 'status']],
  [['tasks', 'new', 'scenario']],
])('in %j the word is only a word', async (words) => {
  const asked = await readArguments(words);
  expect(asked.kind).toBe('command');
  expect(asked).not.toMatchObject({ globals: { task: expect.stringContaining('-improvement') } });
});

test('without a command it is as autoloop without one: its help', async () => {
  const asked = await readArguments(['resource']);
  expect(asked).toMatchObject({ kind: 'text', exitCode: 2 });
  expect(asked).toEqual(await readArguments(['--task', 'resource-improvement']));
});
