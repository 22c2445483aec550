import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../../src/agents/agent.ts';
import { claude } from '../../../src/agents/claude/claude.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import { apiFailure, init, limitEvent, says, success, uses } from './claude-lines.ts';

describe('a result that is an error', () => {
  it.each([
    ['max_turns', { subtype: 'error_max_turns', terminal_reason: 'max_turns' }],
    ['budget_exceeded', { subtype: 'error_max_budget_usd', terminal_reason: 'budget_exhausted' }],
    [
      'failed',
      {
        subtype: 'error_max_structured_output_retries',
        terminal_reason: 'structured_output_retry_exhausted',
        result: undefined,
        errors: ['… must NOT have the property "5-hour limit reached"'],
      },
    ],
    ['interrupted', { subtype: 'error_during_execution', terminal_reason: 'aborted_tools' }],
    ['interrupted', { subtype: 'error_during_execution', terminal_reason: 'aborted_streaming' }],
    ['failed', { subtype: 'error_during_execution', terminal_reason: undefined }],
    ['usage_limited', { api_error_status: 429, api_error: 'usage_limit_reached' }],
    ['rate_limited', { api_error_status: 429 }],
    ['auth_failed', { api_error_status: 401 }],
    ['auth_failed', { api_error_status: 402 }],
    ['auth_failed', { api_error_status: 403 }],
    ['auth_failed', { api_error_status: 429, api_error: 'model_requires_usage_credits' }],
    ['auth_failed', { result: 'Invalid API key · Please run /login' }],
    ['auth_failed', { api_error_status: 400, result: 'Credit balance is too low' }],
    ['worker_unavailable', { api_error_status: 404 }],
    ['prompt_too_long', { api_error_status: 413 }],
    ['prompt_too_long', { api_error_status: 400, terminal_reason: 'prompt_too_long' }],
    ['prompt_too_long', { api_error_status: 400, result: 'Prompt is too long' }],
    ['network_failed', { api_error_status: 500 }],
    ['network_failed', { api_error_status: 529 }],
    // As 2.1.197 tells it.
    ['network_failed', { api_error_status: 529, terminal_reason: 'completed' }],
    ['network_failed', { api_error_status: 408 }],
    ['network_failed', { api_error: 'connection_failed' }],
    [
      'network_failed',
      { result: 'API Error: API returned an empty or malformed response (HTTP 200)' },
    ],
    ['failed', { stop_reason: 'refusal' }],
    ['failed', { api_error: 'max_output_tokens' }],
    ['failed', { api_error_status: 400 }],
    ['failed', { terminal_reason: 'something new' }],
  ])('is %s: %j', (outcome, fields) => {
    expect(judge([init(), apiFailure(fields)], EXIT_1).outcome).toBe(outcome);
  });

  it.each([
    ['auth_failed', 'authentication_failed', null],
    ['auth_failed', 'billing_error', 400],
    ['auth_failed', 'account_on_hold', 400],
    ['worker_unavailable', 'model_not_found', 400],
    ['rate_limited', 'rate_limit', null],
    ['network_failed', 'server_error', 200],
    ['failed', 'invalid_request', null],
    ['failed', 'max_output_tokens', null],
  ])('is %s where its last message says %s', (outcome, error, status) => {
    const lines = [init(), says('some error', { error }), apiFailure({ api_error_status: status })];
    expect(judge(lines, EXIT_1).outcome).toBe(outcome);
  });

  it('is not judged by an error of a message before the last one', () => {
    const lines = [
      init(),
      says('some error', { error: 'billing_error' }),
      says('on it'),
      apiFailure({ api_error_status: 500 }),
    ];
    expect(judge(lines, EXIT_1).outcome).toBe('network_failed');
  });

  it('stands, however the process ends after it', () => {
    for (const exit of [
      EXIT_0,
      EXIT_1,
      { ...EXIT_0, exitCode: 143 },
      { ...EXIT_0, exitCode: null, signal: 'SIGKILL' },
    ]) {
      expect(judge([init(), apiFailure({ api_error_status: 401 })], exit).outcome).toBe(
        'auth_failed',
      );
    }
  });
});

describe('a usage limit', () => {
  const refused = apiFailure({ api_error_status: 429 });

  it('is told by a rejection before a 429, with its end', () => {
    const verdict = judge([init(), limitEvent('rejected', 1_795_438_800), refused], EXIT_1);
    expect(verdict).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs: 1_795_438_800_000,
    });
  });

  it('is not told by warnings, nor by a rejection that was taken back', () => {
    expect(
      judge([init(), limitEvent('allowed_warning', 1_795_438_800), success()], EXIT_0).outcome,
    ).toBe('succeeded');
    expect(judge([init(), limitEvent('allowed', 1_795_438_800), refused], EXIT_1).outcome).toBe(
      'rate_limited',
    );
    const lines = [
      init(),
      limitEvent('rejected', 1_795_438_800),
      limitEvent('allowed', 1_795_438_800),
      refused,
    ];
    expect(judge(lines, EXIT_1)).toMatchObject({
      outcome: 'rate_limited',
      limitResetEpochMs: null,
    });
  });

  it('does not spoil a success that came in spite of a rejection', () => {
    const verdict = judge([init(), limitEvent('rejected', 1_795_438_800), success()], EXIT_0);
    expect(verdict).toMatchObject({ outcome: 'succeeded', limitResetEpochMs: null });
  });

  it.each([
    ["You've hit your 5-hour limit · resets 1pm (UTC)", at(27, 13)],
    ["You've hit your 5-hour limit · resets 8:30am (UTC) · progress saved", at(28, 8, 30)],
    ["You've hit your session limit · resets 12am (UTC)", at(28, 0)],
    ["You've hit your limit · resets 8pm (America/New_York)", at(28, 1)],
    ["You've hit your Opus limit · resets Dec 3, 9am (UTC)", Date.UTC(2026, 11, 3, 9)],
    ["You've hit your weekly limit · resets Dec 1 at 7pm (UTC)", Date.UTC(2026, 11, 1, 19)],
    ["You've hit your weekly limit · resets Jan 8, 2027, 3pm (UTC)", Date.UTC(2027, 0, 8, 15)],
    ["You're out of extra usage · resets 2pm (UTC)", at(27, 14)],
    ['Weekly limit reached ∙ resets 10am (Asia/Seoul) · /upgrade to Max', at(28, 1)],
    ['Claude usage limit reached. Your limit will reset at 1pm (Etc/GMT+5).', at(27, 18)],
    ["You've reached your organization's monthly spend limit", null],
    ["You've hit your weekly limit · resets Nov 20, 9am (UTC)", null],
    ["You've hit your limit · resets 3pm (Mars/Olympus)", null],
    ["You've hit your limit · resets 13pm (UTC)", null],
    ["You've hit your limit · resets soon", null],
    ['Claude AI usage limit reached|1795438800', 1_795_438_800_000],
    [
      'API Error: 400 You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
      Date.UTC(2026, 11, 1),
    ],
    [
      'You have reached your specified API usage limits. You will regain access on 2026-99-99 at 00:00 UTC.',
      null,
    ],
  ])('is told by the words %j of an error', (result, reset) => {
    const verdict = judge([init(), apiFailure({ api_error_status: 400, result })], EXIT_1);
    expect(verdict).toMatchObject({ outcome: 'usage_limited', limitResetEpochMs: reset });
  });

  it('ends by its words at an hour of this machine where they name no time zone', () => {
    const words = "You've hit your session limit · resets 3pm";
    const lines = [init(), apiFailure({ api_error_status: 429, result: words })];
    const { limitResetEpochMs } = judge(lines, EXIT_1);
    const reset = new Date(limitResetEpochMs ?? 0);
    expect([reset.getHours(), reset.getMinutes()]).toEqual([15, 0]);
    expect(limitResetEpochMs).toBeGreaterThan(EXIT_1.endedAtEpochMs);
  });

  it('ends when its rejection says, whatever the words', () => {
    const result = "You've hit your 5-hour limit · resets 1pm (UTC)";
    const lines = [
      init(),
      limitEvent('rejected', 1_795_438_800),
      apiFailure({ api_error_status: 429, result }),
    ];
    expect(judge(lines, EXIT_1).limitResetEpochMs).toBe(1_795_438_800_000);
  });

  it.each([
    'API Error: Rate limit reached',
    'API Error: Server is temporarily limiting requests (not your usage limit)',
  ])('is not told by %j', (result) => {
    expect(judge([init(), apiFailure({ api_error_status: 429, result })], EXIT_1).outcome).toBe(
      'rate_limited',
    );
  });

  it('is not told by what the agent says or its tools print', () => {
    const words = 'Claude AI usage limit reached|1795438800';
    expect(judge([init(), says(words), success({ result: words })], EXIT_0).outcome).toBe(
      'succeeded',
    );
  });
});

describe('a result that is a success', () => {
  it('counts with exit code 0 alone', () => {
    expect(judge([init(), success()], EXIT_0).outcome).toBe('succeeded');
    expect(judge([init(), success()], EXIT_1)).toMatchObject({
      outcome: 'failed',
      reason: 'exit code 1 after its result',
    });
    expect(judge([init(), success()], { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    expect(judge([init(), success()], { ...EXIT_0, exitCode: null }).outcome).toBe('unknown');
  });

  it('is nothing known where it does not say that it is no error', () => {
    expect(judge([init(), success({ is_error: undefined })], EXIT_0).outcome).toBe('unknown');
    expect(judge([init(), success({ is_error: 'false' })], EXIT_0).outcome).toBe('unknown');
    expect(judge([init(), success({ subtype: 'something_new' })], EXIT_0).outcome).toBe('unknown');
  });

  it('is permission_denied with any denial, also one of a result before', () => {
    const denied = success({
      permission_denials: [{ tool_name: 'Bash' }, { tool_name: 'Write' }, { tool_name: 'Bash' }],
    });
    for (const lines of [
      [init(), denied],
      [init(), denied, init(), says('over'), success()],
    ]) {
      const verdict = judge(lines, EXIT_0);
      expect(verdict).toMatchObject({ outcome: 'permission_denied', denials: ['Bash', 'Write'] });
      expect(verdict.reason).toBe('it was denied Bash, Write');
    }
  });

  it('does not count where it went to work again and did not come to another', () => {
    const lines = [init(), success(), init(), uses('Bash', { id: 't1' })];
    expect(judge(lines, EXIT_0)).toMatchObject({ outcome: 'interrupted', costUsd: 0.5 });
  });

  it('counts where only a subagent said something after it', () => {
    const lines = [init(), success(), says('sub', { parent_tool_use_id: 't1' })];
    expect(judge(lines, EXIT_0).outcome).toBe('succeeded');
  });
});

describe('no result', () => {
  it.each([
    ['unknown', [], { exitCode: 0 }],
    ['unknown', ['hello', '{"a":1}'], { exitCode: 0 }],
    ['interrupted', [init()], { exitCode: 0 }],
    ['interrupted', [init()], { exitCode: 129 }],
    ['interrupted', [init()], { exitCode: 137 }],
    ['interrupted', [], { exitCode: 143 }],
    ['interrupted', [], { exitCode: null, signal: 'SIGKILL' }],
    ['failed', [init()], { exitCode: 1, stderrTail: 'boom' }],
    ['failed', [], { exitCode: 1 }],
    ['worker_unavailable', [], { exitCode: 1, stderrTail: "error: unknown option '--bogus'\n" }],
    [
      'worker_unavailable',
      [],
      {
        exitCode: 1,
        stderrTail: '--dangerously-skip-permissions cannot be used with root/sudo privileges',
      },
    ],
    ['worker_unavailable', [], { exitCode: 127, stderrTail: 'claude: not found' }],
    [
      'prompt_too_long',
      [],
      {
        exitCode: 1,
        stderrTail: 'Error: piped stdin input exceeds 10MB. Pass large content as a file path',
      },
    ],
  ])('is %s after %j with %j', (outcome, lines, exit) => {
    const verdict = judge(lines, { ...EXIT_0, ...exit });
    expect(verdict).toMatchObject({ outcome, costUsd: null, tokens: null, turns: null });
  });

  it('tells why in one line, with the last words on stderr', () => {
    expect(judge([], { ...EXIT_1, stderrTail: 'first\nerror: bad flag\n\n' }).reason).toBe(
      'no result, exit code 1: error: bad flag',
    );
    expect(judge([init()], { ...EXIT_0, exitCode: 143 }).reason).toBe('no result, died of SIGTERM');
  });
});

/** Of November 2026; EXIT_1 is the 27th at noon. */
function at(day: number, hour: number, minute = 0): number {
  return Date.UTC(2026, 10, day, hour, minute);
}

function judge(lines: readonly string[], exit: AgentExit): AgentVerdict {
  return conclude(claude, lines, exit);
}
