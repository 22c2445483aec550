import { expect, it } from 'vitest';
import { codex } from '../../../src/agents/codex/codex.ts';

const request = {
  maxTurns: 80,
  model: null,
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};

it('asks for a line per object, a sandbox, and the prompt from stdin', () => {
  expect(codex.plan(request)).toEqual({
    args: [
      ...['exec', '--json', '--skip-git-repo-check'],
      ...['-c', 'approval_policy="never"'],
      ...['-c', 'sandbox_mode="workspace-write"'],
      ...['-c', 'web_search="disabled"'],
      ...['-c', 'features.unbounded_connection_retries=false'],
      '-',
    ],
    env: {},
  });
});

it.each([
  ['acceptEdits', 'workspace-write'],
  ['bypassPermissions', 'danger-full-access'],
  ['plan', 'read-only'],
  ['default', undefined],
  ['read-only', 'read-only'],
  ['workspace-write', 'workspace-write'],
  ['danger-full-access', 'danger-full-access'],
])('takes the permission mode %s for the sandbox %s', (permissionMode, sandbox) => {
  expect(sandboxOf({ permissionMode })).toBe(sandbox);
});

it('knows each permission mode by name, and no other', () => {
  expect(codex.permissionModes).toHaveLength(7);
  expect(codex.permissionModes).toContain(request.permissionMode);
  expect(codex.permissionModes).not.toContain('toString');
});

it('lets files change only where the list holds a tool that may', () => {
  expect(sandboxOf({ allowedTools: ['Read', 'Grep'] })).toBe('read-only');
  expect(sandboxOf({ allowedTools: ['Read', 'Bash(git log *)'] })).toBe('workspace-write');
  expect(sandboxOf({ allowedTools: [] })).toBe('workspace-write');
  expect(sandboxOf({ allowedTools: ['Read'], permissionMode: 'bypassPermissions' })).toBe(
    'danger-full-access',
  );
});

it('lets the web be searched where the list, an empty one or bypassed permissions allow it', () => {
  const searchOf = (wishes: Partial<typeof request>): string | undefined =>
    settingOf('web_search', wishes);
  expect(searchOf({})).toBe('disabled');
  expect(searchOf({ allowedTools: ['Bash', 'WebSearch'] })).toBeUndefined();
  expect(searchOf({ allowedTools: [] })).toBeUndefined();
  expect(searchOf({ permissionMode: 'bypassPermissions' })).toBeUndefined();
});

it('passes model and settings to a session that goes on, too', () => {
  const { args } = codex.plan({ ...request, model: 'gpt-some', resumes: 'thread-1' });
  expect(args.slice(-3)).toEqual(['resume', 'thread-1', '-']);
  expect(args.join(' ')).toContain('--model gpt-some -c approval_policy="never" -c sandbox_mode=');
});

function sandboxOf(wishes: Partial<typeof request>): string | undefined {
  return settingOf('sandbox_mode', wishes);
}

function settingOf(name: string, wishes: Partial<typeof request>): string | undefined {
  const { args } = codex.plan({ ...request, ...wishes });
  const found = args.find((argument) => argument.startsWith(`${name}=`));
  return found && /="(.*)"$/.exec(found)?.[1];
}
