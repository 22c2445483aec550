import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../../src/agents/agent.ts';
import { opencode } from '../../../src/agents/opencode/opencode.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import { failure, lastStep, refusal, says, stepFinish, stepStart, used } from './opencode-lines.ts';

describe('an error', () => {
  it.each([
    ['prompt_too_long', failure('ContextOverflowError')],
    ['auth_failed', failure('ProviderAuthError', { message: 'no key' })],
    ['interrupted', failure('MessageAbortedError', { message: 'Aborted' })],
    ['failed', failure('MessageOutputLengthError')],
    ['failed', failure('StructuredOutputError', { message: 'invalid' })],
    ['worker_unavailable', failure('ProviderModelNotFoundError')],
    ['failed', failure('UnknownError', { message: 'Unexpected server error.' })],
    ['failed', failure('SomethingNew')],
    ['failed', '{"type":"error"}'],
    ['network_failed', failure('UnknownError', { message: 'SSE read timed out' })],
    ['rate_limited', failure('UnknownError', { message: 'Too Many Requests' })],
    [
      'network_failed',
      failure('APIError', { message: 'Cannot connect to API', isRetryable: true }),
    ],
    ['failed', failure('APIError', { message: 'odd', isRetryable: false })],
    ['failed', refusal(400)],
    ['failed', refusal(422)],
    ['auth_failed', refusal(401)],
    ['auth_failed', refusal(402)],
    ['auth_failed', refusal(403)],
    ['worker_unavailable', refusal(404)],
    ['network_failed', refusal(408)],
    ['prompt_too_long', refusal(413)],
    ['rate_limited', refusal(429)],
    ['network_failed', refusal(500)],
    ['network_failed', refusal(529)],
    ['auth_failed', refusal(400, { message: 'Your credit balance is too low to access' })],
    ['auth_failed', refusal(429, { body: { error: { code: 'insufficient_quota' } } })],
    ['auth_failed', refusal(400, { body: { type: 'error', error: { type: 'CreditsError' } } })],
    ['max_turns', refusal(400, { message: 'It does not support assistant message prefill.' })],
  ])('is %s: %s', (outcome, line) => {
    expect(judge([stepStart(), line], EXIT_1).outcome).toBe(outcome);
  });

  it('says in its log, not in its line, that there is no such model', () => {
    const lines = [failure('UnknownError', { message: 'Unexpected server error.' })];
    const stderrTail =
      'timestamp=x level=ERROR message=failed ref=err_1 error="ProviderModelNotFoundError: Model not found: a/b." cause="…"\n';
    expect(judge(lines, { ...EXIT_1, stderrTail })).toMatchObject({
      outcome: 'worker_unavailable',
      reason: 'ProviderModelNotFoundError: Model not found: a/b. (UnknownError)',
    });
  });

  it('stands, however the process ends after it', () => {
    for (const exit of [EXIT_0, EXIT_1, { ...EXIT_0, exitCode: null, signal: 'SIGKILL' }]) {
      expect(judge([stepStart(), refusal(401)], exit).outcome).toBe('auth_failed');
    }
  });

  it('after which it went on and came to its end is no success: its exit code stays 1', () => {
    const lines = [failure('ContextOverflowError'), ...lastStep()];
    expect(judge([...lines, ...lastStep()], EXIT_1).outcome).not.toBe('succeeded');
    expect(judge([refusal(500), ...lastStep()], EXIT_0)).toMatchObject({ outcome: 'failed' });
  });

  it('tells why in one line', () => {
    expect(judge([refusal(403, { message: 'revoked\nreally' })], EXIT_1).reason).toBe(
      'revoked (status 403)',
    );
  });
});

describe('a usage limit', () => {
  const at = EXIT_1.endedAtEpochMs;

  it.each([
    ['GoUsageLimitError', { 'retry-after': '68400' }, {}, at + 68_400_000],
    ['FreeUsageLimitError', { 'Retry-After': '60' }, {}, at + 60_000],
    ['MonthlyLimitError', {}, {}, null],
    ['usage_limit_reached', {}, { resets_at: 1_796_000_000 }, 1_796_000_000_000],
    ['usage_limit_reached', {}, { resets_in_seconds: 90 }, at + 90_000],
    ['GoUsageLimitError', { 'retry-after': 'soon' }, {}, null],
  ])('is told by %s with %j and %j', (type, responseHeaders, fields, reset) => {
    const line = refusal(429, { body: { error: { type, ...fields } }, responseHeaders });
    expect(judge([line], EXIT_1)).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs: reset,
    });
  });

  it("is told by the headers of a subscription's window", () => {
    const responseHeaders = {
      'anthropic-ratelimit-unified-status': 'rejected',
      'anthropic-ratelimit-unified-reset': '1796000000',
      'retry-after': '5',
    };
    expect(judge([refusal(429, { responseHeaders })], EXIT_1)).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs: 1_796_000_000_000,
    });
  });

  it('is not told by any other refusal, nor has that a reset', () => {
    const line = refusal(429, { responseHeaders: { 'retry-after': '18000' } });
    expect(judge([line], EXIT_1)).toMatchObject({
      outcome: 'rate_limited',
      limitResetEpochMs: null,
    });
  });
});

describe('a last step', () => {
  it('is a success with exit code 0 alone', () => {
    expect(judge(lastStep(), EXIT_0).outcome).toBe('succeeded');
    expect(judge(lastStep(), EXIT_1)).toMatchObject({
      outcome: 'failed',
      reason: 'exit code 1 after its last step',
    });
    expect(judge(lastStep(), { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    expect(judge(lastStep(), { ...EXIT_0, exitCode: null }).outcome).toBe('unknown');
  });

  it.each([
    ['failed', 'length'],
    ['failed', 'content-filter'],
    ['unknown', 'other'],
    ['interrupted', 'tool-calls'],
    ['interrupted', 'unknown'],
  ])('is %s where it ends with %s', (outcome, reason) => {
    expect(judge([stepStart(), says('x'), stepFinish(reason)], EXIT_0).outcome).toBe(outcome);
  });
});

describe('a denied tool', () => {
  const rejected = {
    status: 'error',
    error: 'The user rejected permission to use this specific tool call.',
  };
  const byRule = {
    status: 'error',
    error:
      'The user has specified a rule which prevents you from using this specific tool call. Here are some of the relevant rules []',
  };

  it('makes a success permission_denied', () => {
    const lines = [stepStart(), used('bash', rejected), used('edit', byRule), used('bash', byRule)];
    expect(judge([...lines, stepFinish('tool-calls'), ...lastStep()], EXIT_0)).toMatchObject({
      outcome: 'permission_denied',
      reason: 'it was denied bash, edit',
      denials: ['bash', 'edit'],
    });
  });

  it('is why it ended where it did not go on', () => {
    const lines = [stepStart(), used('bash', rejected), stepFinish('tool-calls')];
    expect(judge(lines, EXIT_0).outcome).toBe('permission_denied');
    expect(judge(lines, { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
  });

  it('is one of its own tools that was not offered, not one that the model made up', () => {
    const missing = (tool: string): string =>
      used('invalid', {
        input: { tool, error: `Model tried to call unavailable tool '${tool}'.` },
      });
    expect(judge([missing('bash'), ...lastStep()], EXIT_0).denials).toEqual(['bash']);
    expect(judge([missing('frobnicate'), ...lastStep()], EXIT_0).denials).toEqual([]);
    const badInput = used('invalid', { input: { tool: 'bash', error: 'Invalid input' } });
    expect(judge([badInput, ...lastStep()], EXIT_0).denials).toEqual([]);
  });

  it('is no tool that failed, nor one that prints such words', () => {
    const failed = used('read', { status: 'error', error: 'File not found' });
    const quotes = used('bash', { output: rejected.error });
    expect(judge([failed, quotes, ...lastStep()], EXIT_0).outcome).toBe('succeeded');
  });

  it('is told by later versions once more at the end', () => {
    const done = '{"type":"done","reason":"idle","rejected":["external_directory"]}';
    expect(judge([...lastStep(), done], EXIT_0).denials).toEqual(['external_directory']);
  });
});

describe('no end of its work', () => {
  it.each([
    ['unknown', [], { exitCode: 0 }],
    ['unknown', ['hello', '{"a":1}'], { exitCode: 0 }],
    ['interrupted', [stepStart()], { exitCode: 0 }],
    ['interrupted', [stepStart()], { exitCode: 129 }],
    ['interrupted', [], { exitCode: null, signal: 'SIGKILL' }],
    ['failed', [stepStart()], { exitCode: 1, stderrTail: 'boom' }],
    ['failed', [], { exitCode: 1 }],
    ['failed', [], { exitCode: 1, stderrTail: 'Error: Session not found' }],
    ['failed', [], { exitCode: 1, stderrTail: 'SQLiteError: database is locked' }],
    ['worker_unavailable', [], { exitCode: 127, stderrTail: 'opencode: not found' }],
    [
      'worker_unavailable',
      [],
      { exitCode: 1, stderrTail: 'opencode run [message..]\n\nrun opencode with a message\n' },
    ],
    [
      'worker_unavailable',
      [],
      { exitCode: 1, stderrTail: 'Error: Configuration is invalid at /home/dev/opencode.json' },
    ],
  ])('is %s after %j with %j', (outcome, lines, exit) => {
    const verdict = judge(lines, { ...EXIT_0, ...exit });
    expect(verdict).toMatchObject({ outcome, costUsd: null, tokens: null, turns: null });
  });
});

function judge(lines: readonly string[], exit: AgentExit): AgentVerdict {
  return conclude(opencode, lines, exit);
}
