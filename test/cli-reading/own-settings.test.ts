import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, useCommand, type Call, type Called } from './use-command.ts';

const TASK = `
import { z } from 'zod';
import { defineTask } from 'autoloop/task';
export default defineTask({
  settings: z.object({ depth: z.number().default(3).describe('how deep to look') }),
  selectTarget: ({ own }) => 'depth ' + (own.depth + 1),
});`;

/** A project that has installed nothing. */
function use(name: string, call: Partial<Call> = {}, task = TASK): Promise<Called> {
  const cwd = folder();
  mkdirSync(join(cwd, 'tasks/mine'), { recursive: true });
  writeFileSync(join(cwd, 'tasks/mine/task.mjs'), task);
  writeFileSync(join(cwd, 'tasks/mine/prompt.md'), 'Do it.');
  return useCommand(name, { cwd, ...call });
}

test('hooks see them, and dry-run shows them', async () => {
  const json = { json: true };
  const options = { taskSettings: 'depth=7' };
  const asked = JSON.parse((await use('dry-run', { globals: json, options })).out);
  expect(asked).toMatchObject({ target: 'depth 8', taskSettings: { depth: 7 } });
  const byDefault = JSON.parse((await use('dry-run', { globals: json })).out);
  expect(byDefault).toMatchObject({ target: 'depth 4', taskSettings: { depth: 3 } });
  const environment = { TASK_SETTINGS: 'depth=5' };
  expect((await use('dry-run', { environment })).out).toMatch(
    /Settings of task mine\n +SETTING +VALUE\n +depth +5\n/,
  );
});

test('what is wrong with them stops everything before it begins', async () => {
  const { code, notices } = await use('dry-run', { options: { taskSettings: 'depths=7' } });
  expect(code).toBe(150);
  expect(notices).toMatch(
    /--task-settings of task "mine": it has none named "depths"\.\nDid you mean/,
  );
});

test('config shows them for the task named', async () => {
  const { out } = await use('config', { args: ['list'], globals: { task: 'mine' } });
  expect(out).toMatch(/Of task mine[^]*depth +number +3 +how deep to look/);
  const json = await use('config', { args: ['list'], globals: { task: 'mine', json: true } });
  expect(JSON.parse(json.out).taskSettings).toMatchObject([{ name: 'depth', fallback: 3 }]);
  const none = await use('config', { args: ['list'], globals: { task: 'demo' } });
  expect(none.out).toMatch(/Task demo has no settings of its own/);
});

test('a task that says something else than a schema is refused', async () => {
  const { code, notices } = await use('dry-run', {}, 'export default { settings: { depth: 3 } };');
  expect(code).toBe(150);
  expect(notices).toMatch(/"settings" is an object with depth, not a schema of zod/);
});
