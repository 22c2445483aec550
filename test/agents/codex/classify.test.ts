import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../../src/agents/agent.ts';
import { codex } from '../../../src/agents/codex/codex.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  begun,
  completed,
  failed,
  ran,
  reconnects,
  remarks,
  runs,
  says,
  started,
} from './codex-lines.ts';

describe('a turn that failed', () => {
  it.each([
    ['auth_failed', 'unexpected status 401 Unauthorized: Missing bearer, url: http://x/responses'],
    ['auth_failed', 'unexpected status 402 Payment Required: no'],
    ['auth_failed', 'unexpected status 403 Forbidden: no'],
    [
      'auth_failed',
      'Access blocked by Cloudflare. This usually happens when connecting from a restricted region (status 403 Forbidden)',
    ],
    [
      'auth_failed',
      'Your access token could not be refreshed because your refresh token was revoked. Please log out and sign in again.',
    ],
    [
      'auth_failed',
      'Your workspace is out of credits. Ask your workspace owner to refill in order to continue.',
    ],
    ['auth_failed', 'Quota exceeded. Check your plan and billing details.'],
    ['worker_unavailable', 'unexpected status 404 Not Found: no such model'],
    [
      'worker_unavailable',
      '{"error":{"type":"invalid_request_error","code":"model_not_found","message":"x"}}',
    ],
    [
      'worker_unavailable',
      `{"detail":"The 'gpt-some' model is not supported when using Codex with a ChatGPT account."}`,
    ],
    [
      'prompt_too_long',
      '{"error":{"type":"invalid_request_error","code":"context_length_exceeded","message":"x"}}',
    ],
    ['rate_limited', 'exceeded retry limit, last status: 429 Too Many Requests'],
    ['rate_limited', 'stream disconnected before completion: Rate limit reached for gpt-some'],
    ['network_failed', 'exceeded retry limit, last status: 500 Internal Server Error'],
    ['network_failed', 'unexpected status 502 Bad Gateway: <html>, url: http://x/responses'],
    ['network_failed', 'unexpected status 408 Request Timeout: '],
    ['network_failed', 'request timed out'],
    ['network_failed', 'Error while reading the server response: connection closed'],
    [
      'network_failed',
      "We're currently experiencing high demand, which may cause temporary errors.",
    ],
    ['failed', '{"error":{"type":"invalid_request_error","code":"invalid_value","message":"x"}}'],
    ['failed', 'This request has been flagged for possible cybersecurity risk.'],
    ['failed', 'internal error; agent loop died unexpectedly'],
    ['failed', 'something new'],
    ['failed', ''],
  ])('is %s: %s', (outcome, words) => {
    expect(judge([started, begun, failed(words)], EXIT_1).outcome).toBe(outcome);
  });

  it('stands, however the process ends after it', () => {
    for (const exit of [EXIT_0, EXIT_1, { ...EXIT_0, exitCode: null, signal: 'SIGKILL' }]) {
      const lines = [started, begun, failed('unexpected status 401 Unauthorized: no')];
      expect(judge(lines, exit).outcome).toBe('auth_failed');
    }
  });

  it('is not told by retries, remarks or the words of the model', () => {
    const words = 'unexpected status 401 Unauthorized: no';
    const lines = [started, begun, reconnects(words), remarks(words), says(words), completed()];
    expect(judge(lines, EXIT_0).outcome).toBe('succeeded');
  });

  it('is no prompt too long where the prompt did fit and the conversation has grown', () => {
    const words =
      "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.";
    const alone = [started, begun, failed(words)];
    const resumed = codex.createReader({ id: 'thread-1', spent: { costUsd: null, tokens: null } });
    alone.forEach((line) => resumed.read(line));
    expect(judge(alone, EXIT_1).outcome).toBe('prompt_too_long');
    expect(judge([started, begun, runs('ls'), ran(), failed(words)], EXIT_1).outcome).toBe(
      'failed',
    );
    expect(resumed.conclude(EXIT_1).outcome).toBe('failed');
  });

  it('tells why in one line', () => {
    expect(judge([started, begun, failed('first\nsecond')], EXIT_1).reason).toBe('first');
    expect(judge([started, begun, failed('')], EXIT_1).reason).toBe('its turn failed');
  });
});

describe('a usage limit', () => {
  const noon = new Date(2026, 10, 27, 12, 0, 30).getTime();
  const limit = "You've hit your usage limit.";
  const verdictOf = (words: string, endedAtEpochMs = noon): AgentVerdict =>
    judge([started, begun, failed(words)], { ...EXIT_1, endedAtEpochMs });

  it.each([
    [`${limit} Try again at 5:53 PM.`, new Date(2026, 10, 27, 17, 54)],
    [`${limit} Try again at 12:00 PM.`, new Date(2026, 10, 27, 12, 1)],
    [`${limit} Try again at 5:53 AM.`, new Date(2026, 10, 28, 5, 54)],
    [`${limit} Try again at 12:05 AM.`, new Date(2026, 10, 28, 0, 6)],
    [
      `You’ve hit your usage limit. Visit https://chatgpt.com/settings/usage to purchase more credits or try again at Dec 1st, 2026 12:30 AM.`,
      new Date(2026, 11, 1, 0, 31),
    ],
    [
      `You’ve hit your usage limit for gpt-some. Switch to another model now, or try again at Jan 3rd, 2027 11:59 PM.`,
      new Date(2027, 0, 4, 0, 0),
    ],
  ])('ends when %j says so, in the local time zone', (words, reset) => {
    expect(verdictOf(words)).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs: reset.getTime(),
    });
  });

  it.each([
    `${limit} Try again later.`,
    `${limit} Try again at some time.`,
    'You hit your spend cap set in your workspace. Increase your spend cap to continue.',
  ])('may name no end: %s', (words) => {
    expect(verdictOf(words)).toMatchObject({ outcome: 'usage_limited', limitResetEpochMs: null });
  });

  it('is not told by what the agent says, nor is the end of one', () => {
    const words = `${limit} Try again at 5:53 AM.`;
    expect(judge([started, begun, says(words), completed()], EXIT_0)).toMatchObject({
      outcome: 'succeeded',
      limitResetEpochMs: null,
    });
  });
});

describe('a turn that is complete', () => {
  const good = [started, begun, says('Done.'), completed()];

  it('counts with exit code 0 alone', () => {
    expect(judge(good, EXIT_0).outcome).toBe('succeeded');
    expect(judge(good, EXIT_1)).toMatchObject({
      outcome: 'failed',
      reason: 'exit code 1 after its turn',
    });
    expect(judge(good, { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    expect(judge(good, { ...EXIT_0, exitCode: null }).outcome).toBe('unknown');
  });

  it('is nothing known where the model neither said nor did anything', () => {
    expect(judge([started, remarks('hm'), begun, completed()], EXIT_0).outcome).toBe('unknown');
    expect(judge([started, begun, ran(), completed()], EXIT_0).outcome).toBe('succeeded');
  });

  it('does not count where it went to work again and did not come to another end', () => {
    expect(judge([...good, begun], EXIT_0).outcome).toBe('interrupted');
    expect(judge([...good, runs('ls')], EXIT_0).outcome).toBe('interrupted');
  });

  it('is permission_denied where Codex told of a denial on stderr', () => {
    const stderrTail = [
      '2026-11-27T22:45:45.350564Z ERROR codex_core::tools::router: error=patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings',
      '2026-11-27T22:45:46.350564Z ERROR codex_core::tools::router: error=patch rejected: writing outside of the project; rejected by user approval settings',
      '2026-11-27T22:45:47.657040Z ERROR codex_core::tools::router: error=approval policy is Never; reject command — you cannot ask for escalated permissions if the approval policy is Never',
      '',
    ].join('\n');
    expect(judge(good, { ...EXIT_0, stderrTail })).toMatchObject({
      outcome: 'permission_denied',
      denials: ['apply_patch', 'exec_command'],
      reason: 'it was denied apply_patch, exec_command',
    });
  });

  it('is a success where a tool failed, or only speaks of denials', () => {
    const stderrTail = [
      '2026-11-27T22:45:24.972903Z ERROR codex_core::tools::router: error=unsupported custom tool call: apply_patch',
      'note: ERROR codex_core::tools::router: error=patch rejected: writing is blocked',
    ].join('\n');
    expect(judge(good, { ...EXIT_0, stderrTail })).toMatchObject({
      outcome: 'succeeded',
      denials: [],
    });
  });
});

describe('a turn without an end', () => {
  it.each([
    ['unknown', [], { exitCode: 0 }],
    ['unknown', ['hello', '{"a":1}'], { exitCode: 0 }],
    ['interrupted', [started, begun], { exitCode: 0 }],
    ['interrupted', [started, begun], { exitCode: 143 }],
    ['interrupted', [], { exitCode: null, signal: 'SIGKILL' }],
    // SIGINT.
    ['interrupted', [started, begun, runs('ls')], { exitCode: 1 }],
    ['failed', [started, begun], { exitCode: 101, stderrTail: "thread 'main' panicked" }],
    ['failed', [], { exitCode: 1 }],
    ['failed', [started], { exitCode: 1, stderrTail: 'Error: turn/start failed: something new' }],
    ['worker_unavailable', [], { exitCode: 2, stderrTail: "error: unexpected argument '--bogus'" }],
    [
      'worker_unavailable',
      [],
      { exitCode: 1, stderrTail: 'Error loading config.toml: unknown variant `bogus`' },
    ],
    ['worker_unavailable', [], { exitCode: 127, stderrTail: 'codex: not found' }],
    [
      'failed',
      [],
      { exitCode: 1, stderrTail: 'Error: thread/resume: thread/resume failed: no rollout found' },
    ],
  ])('is %s after %j with %j', (outcome, lines, exit) => {
    expect(judge(lines, { ...EXIT_0, ...exit })).toMatchObject({
      outcome,
      costUsd: null,
      tokens: null,
      turns: null,
    });
  });

  it('tells why in one line, with the last words on stderr', () => {
    expect(judge([], { ...EXIT_1, stderrTail: 'first\nerror: bad flag\n\n' }).reason).toBe(
      'its turn came to no end, exit code 1: error: bad flag',
    );
  });
});

function judge(lines: readonly string[], exit: AgentExit): AgentVerdict {
  return conclude(codex, lines, exit);
}
