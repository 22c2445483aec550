import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, useCommand } from './use-command.ts';

/** What the agent would be started with, in one line; variables and files are told elsewhere. */
async function argvOf(agent: string, mode: string, definition = '{}'): Promise<string> {
  const { out, notices } = await dryRun({ agent, mode }, definition);
  expect(notices).toBe('');
  return JSON.parse(out).argv?.slice(1).join(' ') ?? JSON.stringify(JSON.parse(out).skip);
}

function dryRun(flags: Readonly<Record<string, string>>, definition: string) {
  const cwd = folder();
  mkdirSync(join(cwd, 'tasks/mine'), { recursive: true });
  writeFileSync(join(cwd, 'tasks/mine/task.mjs'), `export default ${definition};`);
  writeFileSync(join(cwd, 'tasks/mine/prompt.md'), 'Do it.');
  const options = { agentCommand: '/bin/echo', ...flags };
  return useCommand('dry-run', { cwd, globals: { json: true }, options });
}

test.each([
  ['claude', '--allowedTools Read,LS,Glob,Grep --permission-mode plan'],
  ['codex', 'read-only'],
  ['gemini', '--approval-mode plan'],
  ['opencode', '--agent plan'],
  ['pi', '--tools read,grep,find,ls'],
])('%s in mode plan may only read', async (agent, expected) => {
  expect(await argvOf(agent, 'plan')).toContain(expected);
});

test.each([
  ['claude', '--allowedTools Read,Write,Edit,LS,Glob,Grep --permission-mode acceptEdits', 'Bash'],
  ['codex', 'workspace-write', 'danger-full-access'],
  ['gemini', '--approval-mode auto_edit', 'run_shell_command'],
  ['pi', '--tools read,write,edit,ls,find,grep', 'bash'],
])('%s in mode apply-safe may edit, not more', async (agent, expected, denied) => {
  const argv = await argvOf(agent, 'apply-safe');
  expect(argv).toContain(expected);
  expect(argv).not.toContain(denied);
});

test('a program without permission settings is refused in a mode that would have to bound it', async () => {
  const refused = await dryRun({ agent: 'command', mode: 'plan' }, '{}');
  expect(refused).toMatchObject({ code: 150 });
  expect(refused.notices).toMatch(/The agent command has no permission settings/);
  expect(await dryRun({ agent: 'command', mode: 'apply' }, '{}')).toMatchObject({ code: 0 });
});

test('a task that says itself what to run starts nothing in such a mode', async () => {
  const task = `{ runWorker: () => ({ command: '/bin/echo' }) }`;
  expect(await argvOf('claude', 'plan', task)).toMatch(/mode \\"plan\\" cannot be enforced/);
  expect(await argvOf('claude', 'apply', task)).toBe('');
});

test('a task runs in the first of its modes, and in no other than those', async () => {
  const task = `{ modes: ['plan', 'apply-safe'], defaults: { agent: 'claude' } }`;
  const { out } = await dryRun({}, task);
  expect(JSON.parse(out).settings).toMatchObject({
    mode: { value: 'plan', source: 'task' },
    permissionMode: { value: 'plan', source: 'task' },
  });
  const refused = await dryRun({ mode: 'apply' }, task);
  expect(refused).toMatchObject({ code: 150 });
  expect(refused.notices).toMatch(/Task "mine" has no mode "apply"\.\nAllowed: --mode plan, /);
});

test.each(["['safe']", '[]', "'plan'"])('refuses a task whose modes are %s', async (modes) => {
  const { code, notices } = await dryRun({}, `{ modes: ${modes} }`);
  expect(code).toBe(150);
  expect(notices).toMatch(/"modes" is .* not a list of plan, apply-safe, apply/);
});
