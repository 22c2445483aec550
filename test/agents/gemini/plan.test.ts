import { describe, expect, it } from 'vitest';
import type { AgentRequest } from '../../../src/agents/agent.ts';
import { gemini } from '../../../src/agents/gemini/gemini.ts';

const REQUEST: AgentRequest = {
  maxTurns: 80,
  model: null,
  allowedTools: [],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};

it('runs headless, with the prompt on stdin, in one process', () => {
  expect(gemini.plan(REQUEST)).toEqual({
    args: ['--output-format', 'stream-json', '--approval-mode', 'auto_edit'],
    env: { GEMINI_CLI_NO_RELAUNCH: 'true', GEMINI_CLI_TRUST_WORKSPACE: 'true' },
  });
});

it('passes on the model and the session to go on with', () => {
  const { args } = gemini.plan({ ...REQUEST, model: 'gemini-2.5-pro', resumes: 'session-1' });
  expect(args.slice(4)).toEqual(['--model', 'gemini-2.5-pro', '--resume', 'session-1']);
});

it.each([
  ['acceptEdits', 'auto_edit'],
  ['auto_edit', 'auto_edit'],
  ['bypassPermissions', 'yolo'],
  ['yolo', 'yolo'],
  ['default', 'default'],
  ['plan', 'plan'],
])('takes the permission mode %s for %s', (permissionMode, mode) => {
  expect(gemini.permissionModes).toContain(permissionMode);
  expect(gemini.plan({ ...REQUEST, permissionMode }).args).toContain(mode);
});

describe('allowed tools', () => {
  it.each([
    ['Read', 'read_file'],
    ['Write', 'write_file'],
    ['Edit', 'replace'],
    ['Bash', 'run_shell_command'],
    ['LS', 'list_directory'],
    ['Glob', 'glob'],
    ['Grep', 'grep_search'],
    ['Bash(git *)', 'run_shell_command(git)'],
    ['Bash(npm test:*)', 'run_shell_command(npm test)'],
    ['Bash(ls)', 'run_shell_command(ls)'],
    ['mcp__github__list_issues', 'mcp_github_list_issues'],
    ['save_memory', 'save_memory'],
    ['run_shell_command(git)', 'run_shell_command(git)'],
    ['toString', 'toString'],
    ['Bash(*)', 'run_shell_command'],
  ])('%s are %s', (tool, own) => {
    expect(allowed([tool])).toEqual(['--allowed-tools', own]);
  });

  it('are named once', () => {
    expect(allowed(['Edit', 'MultiEdit', 'Write'])).toEqual([
      '--allowed-tools',
      'replace,write_file',
    ]);
  });

  it('are left out where their rule cannot be said: never more than was asked for', () => {
    expect(allowed(['Edit(src/**)', 'LS'])).toEqual(['--allowed-tools', 'list_directory']);
  });

  it('neither weaken the mode that only reads nor narrow the one that allows everything', () => {
    expect(allowed(['Bash'], 'plan')).toEqual([]);
    expect(allowed(['Bash(git *)'], 'bypassPermissions')).toEqual([]);
  });

  function allowed(
    allowedTools: readonly string[],
    permissionMode = 'acceptEdits',
  ): readonly string[] {
    return gemini.plan({ ...REQUEST, allowedTools, permissionMode }).args.slice(4);
  }
});

it('tells as root, whose files alone it believes, how often to ask and to retry', () => {
  const { env, files } = gemini.plan({ ...REQUEST, asRoot: true });
  expect(env.GEMINI_CLI_SYSTEM_DEFAULTS_PATH).toBe('{attemptDir}/gemini-defaults.json');
  expect(Object.keys(files ?? {})).toEqual(['gemini-defaults.json']);
  expect(JSON.parse(files?.['gemini-defaults.json'] ?? '')).toEqual({
    general: { maxAttempts: 3 },
    model: { maxSessionTurns: 80 },
  });
});

it('limits no turns where none are given', () => {
  const { files } = gemini.plan({ ...REQUEST, asRoot: true, maxTurns: 0 });
  expect(files?.['gemini-defaults.json']).not.toContain('maxSessionTurns');
});
