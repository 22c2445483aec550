import { describe, expect, it } from 'vitest';
import { command } from '../../../src/agents/command/command.ts';
import { conclude, EXIT_0 } from '../contract.ts';

describe('the ending of a command', () => {
  it.each([
    ['succeeded', { exitCode: 0 }, 'exit code 0'],
    ['failed', { exitCode: 1 }, 'exit code 1'],
    ['failed', { exitCode: 3, stderrTail: 'first\nno such file\n' }, 'exit code 3: no such file'],
    // Its program was found before it began: this is about a program of its own.
    [
      'failed',
      { exitCode: 127, stderrTail: 'sh: jq: not found' },
      'exit code 127: sh: jq: not found',
    ],
    ['failed', { exitCode: 255 }, 'exit code 255'],
    ['interrupted', { exitCode: null, signal: 'SIGSEGV' }, 'died of SIGSEGV'],
    ['interrupted', { exitCode: 137 }, 'died of SIGKILL'],
    ['unknown', { exitCode: null }, 'neither exit code nor signal is known'],
  ])('is %s with %j', (outcome, exit, reason) => {
    expect(conclude(command, [], { ...EXIT_0, ...exit })).toMatchObject({ outcome, reason });
  });

  it('is a success without a word too', () => {
    expect(conclude(command, [], EXIT_0)).toMatchObject({ outcome: 'succeeded', finalMessage: '' });
  });
});

it('tells nothing but its words: no cost, no tokens, no turns', () => {
  expect(conclude(command, ['hi'], { ...EXIT_0, stdoutTail: '\nall done\n' })).toMatchObject({
    costUsd: null,
    tokens: null,
    turns: null,
    model: null,
    sessionId: null,
    denials: [],
    limitResetEpochMs: null,
    finalMessage: 'all done',
  });
});

it('lives with every line and is never final', () => {
  expect(command.createReader().read('{"type":"result"}')).toEqual({
    life: true,
    final: false,
    openTools: 0,
  });
});

it('gets no arguments, no variables and no login of ours', () => {
  const request = {
    maxTurns: 80,
    model: 'm',
    allowedTools: ['Read'],
    permissionMode: 'plan',
    timeoutMs: 1,
    asRoot: true,
    resumes: null,
    budgetUsd: null,
  };
  expect(command.plan(request)).toEqual({ args: [], env: {} });
  expect(command).toMatchObject({
    program: null,
    tellsCost: false,
    idleTimeoutSeconds: 0,
    permissionModes: null,
    loginVariables: [],
  });
  expect(command.account({ ANTHROPIC_API_KEY: 'x' })).toBeNull();
});

it('describes a line as it is, without what steers a terminal', () => {
  expect(command.describeLine('  \u001B[32mok\u001B[0m 3 tests')).toBe('ok 3 tests');
  expect(command.describeLine(' \t')).toBeNull();
});
