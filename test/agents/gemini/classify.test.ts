import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../../src/agents/agent.ts';
import { gemini } from '../../../src/agents/gemini/gemini.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  failure,
  init,
  prompt,
  says,
  success,
  toolError,
  toolResult,
  trouble,
  uses,
} from './gemini-lines.ts';

describe('an exit code that is an HTTP status, less the bits that the system drops', () => {
  it.each([
    ['failed', 144, 400],
    ['auth_failed', 145, 401],
    ['auth_failed', 146, 402],
    ['auth_failed', 147, 403],
    ['worker_unavailable', 148, 404],
    ['network_failed', 152, 408],
    ['prompt_too_long', 157, 413],
    ['rate_limited', 173, 429],
    ['network_failed', 243, 499],
    ['network_failed', 244, 500],
    ['network_failed', 246, 502],
    ['network_failed', 247, 503],
    ['network_failed', 248, 504],
    ['network_failed', 12, 524],
    ['network_failed', 17, 529],
  ])('is %s: %d means %d', (outcome, exitCode, status) => {
    const verdict = judge([init(), failure('[API Error: some words]')], { ...EXIT_0, exitCode });
    expect(verdict).toMatchObject({ outcome, reason: `some words (status ${status})` });
  });

  it('tells no status without the result of an error', () => {
    expect(judge([init()], { ...EXIT_0, exitCode: 145 }).outcome).toBe('failed');
    expect(judge([init(), says('a'), success()], { ...EXIT_0, exitCode: 173 }).outcome).toBe(
      'failed',
    );
  });

  it('tells none where the error is of the CLI itself', () => {
    const lines = [init(), failure('no space', 'no_space_left')];
    expect(judge(lines, { ...EXIT_0, exitCode: 54 })).toMatchObject({
      outcome: 'resource_exceeded',
      reason: 'no space (no_space_left)',
    });
  });

  it('is not taken for a signal, nor a signal for it', () => {
    const lines = [init(), failure('[API Error: some words]')];
    expect(judge(lines, { ...EXIT_0, exitCode: 144 }).reason).not.toContain('died');
    expect(judge([init()], { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    expect(judge([init()], { ...EXIT_0, exitCode: 130 }).outcome).toBe('interrupted');
  });
});

describe('an error of the service', () => {
  it('has its status in its words where they are JSON, framed once or twice', () => {
    const inner = JSON.stringify({ error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } });
    const outer = JSON.stringify({ error: { code: 429, message: inner, status: 'Too Many' } });
    for (const words of [inner, outer]) {
      expect(judge([init(), failure(`[API Error: ${words}]`)], EXIT_0)).toMatchObject({
        outcome: 'network_failed',
        reason: 'busy (status 503)',
      });
    }
  });

  it('has its class and status on stderr, of the last report alone', () => {
    const stderrTail = `Attempt 1 failed with status 500. _ApiError: x {
  status: 500
}
${report('ModelNotFoundError: gone', '  code: 404')}`;
    const lines = [init(), failure('[API Error: gone]')];
    expect(judge(lines, { ...EXIT_1, stderrTail }).outcome).toBe('worker_unavailable');
    expect(judge(lines, { ...EXIT_1, stderrTail: stderrTail.slice(0, 60) }).outcome).toBe('failed');
  });

  it.each([
    ['auth_failed', { code: 400, details: [{ reason: 'API_KEY_INVALID' }] }],
    ['auth_failed', { code: 400, message: 'API key expired. Please renew the API key.' }],
    ['auth_failed', { code: 400, message: 'User location is not supported for the API use.' }],
    [
      'auth_failed',
      {
        code: 400,
        message:
          'Gemini API free tier is not available in your country. Please enable billing on your project.',
      },
    ],
    ['auth_failed', { code: 429, details: [{ reason: 'INSUFFICIENT_G1_CREDITS_BALANCE' }] }],
    ['auth_failed', { code: 429, message: '* Quota exceeded for metric: x, limit: 0, model: y' }],
    ['rate_limited', { code: 429, message: '* Quota exceeded for metric: x, limit: 0.5, y' }],
    [
      'prompt_too_long',
      {
        code: 400,
        message: 'The input token count exceeds the maximum number of tokens allowed 1048576.',
      },
    ],
    ['worker_unavailable', { message: 'Requested entity was not found.' }],
    ['failed', { code: 400, message: 'Request contains an invalid argument.' }],
  ])('is %s: %j', (outcome, error) => {
    const words = JSON.stringify({ error: { message: 'some words', ...error } });
    expect(judge([init(), failure(`[API Error: ${words}]`)], EXIT_1).outcome).toBe(outcome);
  });

  it.each([
    'exception TypeError: fetch failed sending request',
    'terminated',
    'Incomplete JSON segment at the end',
    'read ECONNRESET',
    'getaddrinfo EAI_AGAIN generativelanguage.googleapis.com',
    'Client network socket disconnected: ERR_SSL_BAD_RECORD_MAC',
    'Retry attempts exhausted',
  ])('is a connection that failed by the words %j', (words) => {
    expect(judge([init(), failure(`[API Error: ${words}]`)], EXIT_1).outcome).toBe(
      'network_failed',
    );
  });

  it('stands, however the process ends after it', () => {
    const words = JSON.stringify({ error: { code: 401, message: 'no' } });
    for (const exit of [EXIT_0, EXIT_1, { ...EXIT_0, exitCode: null, signal: 'SIGKILL' }]) {
      expect(judge([init(), failure(`[API Error: ${words}]`)], exit).outcome).toBe('auth_failed');
    }
  });
});

describe('a usage limit', () => {
  const ENDED = EXIT_0.endedAtEpochMs;
  const HOUR = 3_600_000;

  it.each([
    ['You have exhausted your daily quota on this model.', null],
    [
      'You have exhausted your capacity on this model. Your quota will reset after 4h28m20s.',
      ENDED + 4 * HOUR + 28 * 60_000 + 20_000,
    ],
    [
      'Individual quota reached. Please upgrade your subscription to increase your limits. Resets in 9h22m20s.',
      ENDED + 9 * HOUR + 22 * 60_000 + 20_000,
    ],
    ['Your project has exceeded its monthly spending cap.', null],
    [
      "Quota exceeded for quota metric 'Gemini 2.5 Pro Requests' and limit '… per day per user'",
      null,
    ],
    ['You exceeded your current quota, please check your plan and billing details.', null],
    ['Resets in 0s.', null],
    ['Resets in 1d2h.', ENDED + 26 * HOUR],
    ['Resets in 500ms.', ENDED + 500],
  ])('is told by the words %j of a 429', (words, limitResetEpochMs) => {
    expect(judge([init(), failure(`[API Error: ${words}]`)], exitOf(429))).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs,
    });
  });

  it('is told by the class of the error, with its end', () => {
    const stderrTail = report('TerminalQuotaError: used up', '  retryDelayMs: 18000500,');
    const verdict = judge([init(), failure('[API Error: used up]')], {
      ...exitOf(429),
      stderrTail,
    });
    expect(verdict).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs: ENDED + 18_000_500,
    });
  });

  it.each([
    'Resource has been exhausted (e.g. check quota).',
    'You exceeded your current quota, please check your plan and billing details.\nPlease retry in 7.5s.',
    'No capacity available for model gemini-2.5-pro on the server',
  ])('is not told by %j', (words) => {
    const stderrTail = words.startsWith('No') ? report('TerminalQuotaError: x', '') : '';
    const verdict = judge([init(), failure(`[API Error: ${words}]`)], {
      ...exitOf(429),
      stderrTail,
    });
    expect(verdict).toMatchObject({ outcome: 'rate_limited', limitResetEpochMs: null });
  });

  it('is not told by what the agent says, its tools print or fail with', () => {
    const words = 'You have exhausted your daily quota on this model. Resets in 9h22m20s.';
    const lines = [
      init(),
      uses('read_file'),
      toolError('file_not_found', words),
      uses('run_shell_command'),
      toolResult({ output: words }),
      says(words),
      success(),
    ];
    expect(
      judge(lines, { ...EXIT_0, stderrTail: report(`TerminalQuotaError: ${words}`, '') }),
    ).toMatchObject({
      outcome: 'succeeded',
      limitResetEpochMs: null,
    });
  });
});

describe('an error of the CLI itself', () => {
  it.each([
    ['max_turns', 'FatalTurnLimitedError'],
    ['interrupted', 'FatalCancellationError'],
    ['auth_failed', 'FatalAuthenticationError'],
    ['auth_failed', 'ValidationRequiredError'],
    ['worker_unavailable', 'FatalConfigError'],
    ['resource_exceeded', 'FatalToolExecutionError'],
    ['failed', 'FatalInputError'],
    ['failed', 'SomethingNewError'],
  ])('is %s: %s', (outcome, type) => {
    expect(judge([init(), failure('some words', type)], EXIT_1)).toMatchObject({
      outcome,
      reason: `some words (${type})`,
    });
  });
});

describe('a result that is a success', () => {
  it('counts with exit code 0 alone', () => {
    const lines = [init(), says('a'), success()];
    expect(judge(lines, EXIT_0).outcome).toBe('succeeded');
    expect(judge(lines, EXIT_1)).toMatchObject({
      outcome: 'failed',
      reason: 'exit code 1 after its result',
    });
    expect(judge(lines, { ...EXIT_0, exitCode: null }).outcome).toBe('unknown');
  });

  it('is nothing known where it does not say that it is one', () => {
    expect(judge([init(), says('a'), success({ status: 'new' })], EXIT_0).outcome).toBe('unknown');
    expect(judge([init(), says('a'), success({ status: true })], EXIT_0).outcome).toBe('unknown');
  });

  it('is none where it gave up before it', () => {
    const worked = [init(), uses('glob'), toolResult()];
    expect(
      judge([...worked, trouble('Loop detected, stopping execution'), success()], EXIT_0),
    ).toMatchObject({ outcome: 'failed', reason: 'Loop detected, stopping execution' });
    expect(
      judge([...worked, trouble('Maximum session turns exceeded'), success()], EXIT_0).outcome,
    ).toBe('max_turns');
  });

  it('is one in spite of trouble that it got over', () => {
    const lines = [init(), trouble('Loop detected, stopping execution'), says('a'), success()];
    expect(judge(lines, EXIT_0).outcome).toBe('succeeded');
  });

  it('is none where its model was never asked', () => {
    expect(judge([init(), prompt(), success()], EXIT_0)).toMatchObject({
      outcome: 'failed',
      reason: 'it ended without asking its model',
    });
    expect(judge([init(), prompt('x'.repeat(70_000)), success()], EXIT_0).outcome).toBe(
      'prompt_too_long',
    );
  });
});

describe('a denial', () => {
  it.each([
    ['policy_violation', 'any_tool', 'Tool execution denied by policy.'],
    ['tool_not_registered', 'run_shell_command', 'Tool "run_shell_command" not found.'],
    [
      'unhandled_exception',
      'run_shell_command',
      'Tool execution for "Shell" requires user confirmation, which is not supported in non-interactive mode.',
    ],
  ])('is told by %s', (type, tool, message) => {
    const lines = [init(), uses(tool), toolError(type, message), says('a'), success()];
    expect(judge(lines, EXIT_0)).toMatchObject({
      outcome: 'permission_denied',
      denials: [tool],
      reason: `it was denied ${tool}`,
    });
  });

  it.each([
    ['tool_not_registered', 'read_files', 'Tool "read_files" not found.'],
    ['invalid_tool_params', 'write_file', 'Path not in workspace'],
    ['permission_denied', 'read_file', 'EACCES: permission denied'],
    [
      'shell_execute_error',
      'run_shell_command',
      'the log says: Tool execution for "Shell" requires user confirmation, which is not supported in non-interactive mode.',
    ],
  ])('is not told by %s of %s', (type, tool, message) => {
    const lines = [init(), uses(tool), toolError(type, message), says('a'), success()];
    expect(judge(lines, EXIT_0)).toMatchObject({ outcome: 'succeeded', denials: [] });
  });

  it('is named once, and does not hide an error', () => {
    const denied = [uses('replace'), toolError('policy_violation')];
    const lines = [init(), ...denied, ...denied, failure('[API Error: x]')];
    expect(judge(lines, { ...EXIT_0, exitCode: 145 })).toMatchObject({
      outcome: 'auth_failed',
      denials: ['replace'],
    });
  });
});

describe('no result', () => {
  it.each([
    ['unknown', [], { exitCode: 0 }],
    ['unknown', ['hello', '{"a":1}'], { exitCode: 0 }],
    ['interrupted', [init()], { exitCode: 0 }],
    ['interrupted', [init()], { exitCode: 137 }],
    ['interrupted', [], { exitCode: null, signal: 'SIGKILL' }],
    ['failed', [init()], { exitCode: 1, stderrTail: 'boom' }],
    ['failed', [], { exitCode: 1 }],
    ['auth_failed', [], { exitCode: 41, stderrTail: 'Please set an Auth method' }],
    ['worker_unavailable', [], { exitCode: 1, stderrTail: 'Unknown argument: bogus\n' }],
    ['worker_unavailable', [], { exitCode: 44, stderrTail: 'no sandbox' }],
    ['worker_unavailable', [], { exitCode: 52, stderrTail: 'Error in settings.json' }],
    ['worker_unavailable', [], { exitCode: 55, stderrTail: 'not trusted' }],
    ['worker_unavailable', [], { exitCode: 127, stderrTail: 'gemini: not found' }],
    ['failed', [], { exitCode: 42, stderrTail: 'Error resuming session: No previous sessions' }],
  ])('is %s after %j with %j', (outcome, lines, exit) => {
    expect(judge(lines, { ...EXIT_0, ...exit })).toMatchObject({
      outcome,
      tokens: null,
      turns: null,
    });
  });

  it('tells why by what it said last about its end', () => {
    const reasonOf = (stderrTail: string): string => judge([], { ...EXIT_1, stderrTail }).reason;
    expect(reasonOf('Not trusted.\nRipgrep is not available. Falling back.\n')).toBe(
      'no result, exit code 1: Not trusted.',
    );
    expect(
      reasonOf('Unknown argument: bogus\n  -d, --debug   Run in debug mode  [boolean]\n'),
    ).toBe('no result, exit code 1: Unknown argument: bogus');
    expect(reasonOf('Warning: 256-color support not detected.\n')).toBe('no result, exit code 1');
  });

  it('is a prompt too long where it broke off in repeating it and exited well', () => {
    const torn = prompt('x'.repeat(131_000)).slice(0, 131_000);
    expect(judge([init(), torn], EXIT_0).outcome).toBe('prompt_too_long');
    expect(judge([init(), prompt('x'.repeat(131_000))], EXIT_0).outcome).toBe('interrupted');
    expect(judge([init(), torn, says('a')], EXIT_0).outcome).toBe('interrupted');
    expect(judge([init(), torn], { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
  });
});

/** As stderr tells the error that ended it. */
function report(error: string, fields: string): string {
  return `Ripgrep is not available.
Error when talking to Gemini API Full report available at: /tmp/gemini-client-error-x.json ${error}
    at some (file:///opt/gemini/x.js:1:2) {
${fields}
}
`;
}

function exitOf(code: number): AgentExit {
  return { ...EXIT_0, exitCode: code % 256 };
}

function judge(lines: readonly string[], exit: AgentExit): AgentVerdict {
  return conclude(gemini, lines, exit);
}
