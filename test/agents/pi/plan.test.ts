import { describe, expect, it } from 'vitest';
import type { AgentRequest } from '../../../src/agents/agent.ts';
import { pi } from '../../../src/agents/pi/pi.ts';

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

it('asks for a line per object, with the tools by their own names', () => {
  expect(argsOf({})).toBe('--print --mode json --tools read,write,edit,bash,ls,find,grep');
});

it('names a model and a session only where they are chosen', () => {
  expect(argsOf({ model: 'anthropic/opus', resumes: 'session-1', allowedTools: [] })).toBe(
    '--print --mode json --model anthropic/opus --session session-1',
  );
});

it('lets nothing that could be a prompt follow --print', () => {
  expect(pi.plan({ ...request, allowedTools: [] }).args[1]).toMatch(/^--/);
});

it('asks nobody for a newer version', () => {
  expect(pi.plan(request).env).toEqual({ PI_SKIP_VERSION_CHECK: '1' });
});

describe('its tools', () => {
  it.each([
    [['Read', 'read'], 'read'],
    [['bash', 'ask_oracle', 'mcp__radius__*'], 'bash,ask_oracle,mcp__radius__*'],
    [['Read', 'Bash(git *)'], 'read'],
  ])('%j are %s', (allowedTools, tools) => {
    expect(argsOf({ allowedTools })).toBe(`--print --mode json --tools ${tools}`);
  });

  it('are none where it could keep none of the rules', () => {
    expect(argsOf({ allowedTools: ['Bash(git *)'] })).toBe('--print --mode json --no-tools');
  });

  it('are those that only read in plan mode, whatever is allowed', () => {
    expect(argsOf({ permissionMode: 'plan' })).toBe(
      '--print --mode json --tools read,grep,find,ls',
    );
    expect(argsOf({ permissionMode: 'plan', allowedTools: [] })).toContain('--tools read,grep');
  });

  it.each(['default', 'acceptEdits', 'bypassPermissions'])('are as given in mode %s', (mode) => {
    expect(argsOf({ permissionMode: mode, asRoot: true })).toBe(argsOf({}));
    expect(pi.permissionModes).toContain(mode);
  });
});

function argsOf(changes: Partial<AgentRequest>): string {
  return pi.plan({ ...request, ...changes }).args.join(' ');
}
