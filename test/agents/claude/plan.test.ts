import { expect, it } from 'vitest';
import { claude } from '../../../src/agents/claude/claude.ts';

const request = {
  maxTurns: 80,
  model: null,
  allowedTools: ['Read', 'Bash(git *)'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};

it('asks for print mode with a line per object, and passes turns, tools and permission mode', () => {
  expect(claude.plan(request).args.join(' ')).toBe(
    '-p --output-format stream-json --verbose --max-turns 80 --allowedTools Read,Bash(git *) --permission-mode acceptEdits',
  );
});

it('names a model only where one is chosen', () => {
  expect(claude.plan({ ...request, model: 'opus' }).args).toEqual(
    expect.arrayContaining(['--model', 'opus']),
  );
});

it('leaves out an empty list of tools and a limit of 0 turns', () => {
  expect(claude.plan({ ...request, allowedTools: [], maxTurns: 0 }).args.join(' ')).toBe(
    '-p --output-format stream-json --verbose --permission-mode acceptEdits',
  );
});

it('gives up a silent service before the idle limit does', () => {
  const { env } = claude.plan(request);
  const attempts = Number(env.CLAUDE_CODE_MAX_RETRIES) + 1;
  expect(attempts * Number(env.API_TIMEOUT_MS)).toBeLessThan(claude.idleTimeoutSeconds * 1000);
  const stall = Number(env.CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS) + 2 * Number(env.API_TIMEOUT_MS);
  expect(stall).toBeLessThan(claude.idleTimeoutSeconds * 1000);
});

it('says that this is a sandbox only where permissions are bypassed as root', () => {
  const bypass = { ...request, permissionMode: 'bypassPermissions' };
  expect(claude.plan({ ...bypass, asRoot: true }).env).toHaveProperty('IS_SANDBOX', '1');
  expect(claude.plan(bypass).env).not.toHaveProperty('IS_SANDBOX');
  expect(claude.plan({ ...request, asRoot: true }).env).not.toHaveProperty('IS_SANDBOX');
});

it('knows the permission modes it can pass on', () => {
  expect(claude.permissionModes).toContain(request.permissionMode);
  expect(claude.permissionModes).toContain('bypassPermissions');
});
