import { describe, expect, it } from 'vitest';
import type { AgentRequest } from '../../../src/agents/agent.ts';
import { opencode } from '../../../src/agents/opencode/opencode.ts';

const request: AgentRequest = {
  maxTurns: 80,
  model: null,
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};

describe('its arguments', () => {
  it('ask for run mode with a line per object, errors on stderr, and no title', () => {
    expect(opencode.plan(request).args.join(' ')).toBe(
      'run --format json --print-logs --log-level ERROR --title autoloop',
    );
  });

  it('name a model and a session only where one is chosen', () => {
    const { args } = opencode.plan({ ...request, model: 'openai/gpt', resumes: 'ses_1' });
    expect(args.slice(-4)).toEqual(['--model', 'openai/gpt', '--session', 'ses_1']);
  });

  it.each(['bypassPermissions', 'yolo'])(
    'approve everything with %s, and nothing else does',
    (mode) => {
      expect(opencode.plan({ ...request, permissionMode: mode }).args).toContain('--auto');
      expect(configOf({ permissionMode: mode, allowedTools: ['Read'] })).not.toHaveProperty(
        'permission',
      );
    },
  );

  it.each(['acceptEdits', 'default', 'dontAsk', 'plan'])('approve nothing with %s', (mode) => {
    expect(opencode.plan({ ...request, permissionMode: mode }).args).not.toContain('--auto');
  });
});

describe('its configuration', () => {
  it('withholds what is not on the list of allowed tools, and allows nothing', () => {
    expect(configOf({})).toEqual({
      permission: { webfetch: 'deny', websearch: 'deny' },
      agent: { build: { steps: 80 } },
      experimental: { continue_loop_on_deny: true },
    });
    expect(configOf({ allowedTools: ['Read', 'Grep', 'WebFetch'] })).toMatchObject({
      permission: { edit: 'deny', bash: 'deny', glob: 'deny', websearch: 'deny' },
    });
  });

  it.each([['Edit'], ['Write'], ['MultiEdit'], ['edit']])('lets %s change files', (tool) => {
    expect(permissionOf({ allowedTools: [tool] })).not.toHaveProperty('edit');
  });

  it('restricts a tool to the inputs that are named', () => {
    const allowedTools = ['Bash(git log *)', 'Bash(npm test:*)', 'Read'];
    expect(permissionOf({ allowedTools })).toMatchObject({
      bash: { '*': 'deny', 'git log *': 'allow', 'npm test *': 'allow' },
    });
    expect(permissionOf({ allowedTools: [...allowedTools, 'Bash'] })).not.toHaveProperty('bash');
  });

  it('restricts nothing where no tools are named', () => {
    expect(configOf({ allowedTools: [] })).not.toHaveProperty('permission');
  });

  it('forbids edits and commands in plan mode, whatever tools are allowed', () => {
    expect(opencode.plan({ ...request, permissionMode: 'plan' }).args).toEqual(
      expect.arrayContaining(['--agent', 'plan']),
    );
    expect(configOf({ permissionMode: 'plan' })).toMatchObject({
      permission: { edit: 'deny', bash: 'deny' },
      agent: { plan: { steps: 80 } },
    });
  });

  it('bounds no steps where there is no limit of turns', () => {
    expect(configOf({ maxTurns: 0 })).not.toHaveProperty('agent');
  });
});

it('hides from it the folder in which autoloop was started', () => {
  expect(opencode.plan(request).env).toHaveProperty('PWD', '');
});

it('knows the permission modes it can pass on', () => {
  expect(opencode.permissionModes).toEqual(
    expect.arrayContaining(['acceptEdits', 'bypassPermissions', 'default', 'dontAsk', 'plan']),
  );
});

function configOf(wishes: Partial<AgentRequest>): Readonly<Record<string, unknown>> {
  const { env } = opencode.plan({ ...request, ...wishes });
  return JSON.parse(env['OPENCODE_CONFIG_CONTENT'] ?? '');
}

function permissionOf(wishes: Partial<AgentRequest>): unknown {
  return configOf(wishes)['permission'];
}
