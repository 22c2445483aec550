import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../../src/agents/agent.ts';
import { pi } from '../../../src/agents/pi/pi.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  answer,
  begins,
  ends,
  event,
  failure,
  runOf,
  session,
  settled,
  turns,
  usage,
} from './pi-lines.ts';

describe('an error of the service', () => {
  it.each([
    ['auth_failed', 'OpenAI API error (401): {"message":"Incorrect API key provided"}'],
    ['auth_failed', 'mock API error (403): Forbidden'],
    ['auth_failed', '402: {"error":{"message":"This request requires more credits"}}'],
    [
      'auth_failed',
      '429 You exceeded your current quota, please check your plan and billing details.',
    ],
    ['auth_failed', '429: {"error":{"type":"insufficient_quota","message":"No more"}}'],
    [
      'auth_failed',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"Extra usage is required for long context requests."}}',
    ],
    ['auth_failed', 'No API key for provider: anthropic'],
    ['worker_unavailable', '404: {"error":{"message":"No endpoints found","code":404}}'],
    ['worker_unavailable', '400: {"error":{"code":"model_not_found","message":"gone"}}'],
    ['prompt_too_long', "400 This model's maximum context length is 128000 tokens."],
    ['prompt_too_long', 'OpenAI API error (400): {"code":"context_length_exceeded"}'],
    ['prompt_too_long', 'Your input exceeds the context window of this model.'],
    ['rate_limited', '429: {"error":{"code":"rate_limit_exceeded","message":"Slow down"}}'],
    ['rate_limited', '429 Your tier allows less: this exceeds the context window for a minute'],
    ['rate_limited', 'ThrottlingException: Too many tokens, please wait before trying again.'],
    ['rate_limited', 'Server requested 18000s retry delay (max: 60s). 429 {"error":{}}'],
    [
      'rate_limited',
      '429 {"type":"error","error":{"type":"rate_limit_error","message":"Server is temporarily limiting requests (not your usage limit)"}}',
    ],
    [
      'rate_limited',
      '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your current quota, please check your plan and billing details. Please retry in 36s."}}',
    ],
    ['network_failed', '{"error":{"code":503,"status":"UNAVAILABLE","message":"Overloaded"}}'],
    ['network_failed', '{"type":"error","error":{"type":"overloaded_error","message":"Busy"}}'],
    ['network_failed', '408 Request Timeout'],
    ['network_failed', '524 status code (no body)'],
    ['network_failed', 'fetch failed: getaddrinfo ENOTFOUND api.anthropic.com'],
    ['network_failed', 'WebSocket closed 1006'],
    ['network_failed', 'Anthropic stream ended before message_stop'],
    ['network_failed', 'Unexpected token < in JSON at position 0'],
    [
      'failed',
      '400 {"type":"error","error":{"type":"invalid_request_error","message":"connection"}}',
    ],
    ['failed', 'Provider stopped with: sensitive'],
    ['failed', 'something new'],
    ['failed', ''],
    ['failed', undefined],
  ])('is %s: %s', (outcome, words) => {
    expect(judge(runOf(failure(words)))).toMatchObject({ outcome, limitResetEpochMs: null });
  });

  it('is told in its own sentence, with its status', () => {
    const words = '401 {"type":"error","error":{"message":"invalid\\nx-api-key"}}';
    expect(judge(runOf(failure(words))).reason).toBe('invalid (status 401)');
    expect(judge(runOf(failure('Connection error.'))).reason).toBe('Connection error.');
    expect(judge(runOf(failure(null))).reason).toBe('an error without words');
  });

  it('stands, however the process ends after it', () => {
    for (const exit of [EXIT_0, EXIT_1, { ...EXIT_0, exitCode: null, signal: 'SIGKILL' }]) {
      expect(judge(runOf(failure('401 no')), exit).outcome).toBe('auth_failed');
    }
  });

  it('counts after answers that were good, and not before a good one', () => {
    expect(judge(runOf(answer('One.'), turns, failure('401 no'))).outcome).toBe('auth_failed');
    expect(judge(runOf(failure('401 no'), turns, answer('One.'))).outcome).toBe('succeeded');
  });

  it('is no end while it tries again', () => {
    const lines = [session, begins, turns, failure('529 busy'), ends({ willRetry: true })];
    expect(judge(lines, { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    const old = [...lines.slice(0, -1), ends({}), event('auto_retry_start')];
    expect(judge(old).outcome).toBe('interrupted');
  });
});

describe('a usage limit', () => {
  const now = EXIT_0.endedAtEpochMs;
  const hour = 3_600_000;

  it.each([
    ['You have hit your ChatGPT usage limit (plus plan). Try again in ~180 min.', now + 3 * hour],
    ['You have hit your ChatGPT usage limit.', null],
    [
      'Codex error: {"type":"error","error":{"type":"usage_limit_reached","message":"The usage limit has been reached","resets_at":1795790000},"status_code":429}',
      1_795_790_000_000,
    ],
    ['429: {"error":{"type":"usage_limit_reached","resets_in_seconds":7200}}', now + 2 * hour],
    // Over already: told late, or by a clock that is wrong.
    ['429: {"error":{"type":"usage_limit_reached","resets_at":1700000000}}', null],
    [
      '429 {"error":{"code":"1308","message":"Usage limit reached for 5 hour. Your limit will reset at 2026-11-28 05:38:28"}}',
      Date.UTC(2026, 10, 27, 21, 38, 28),
    ],
    [
      '429 {"error":{"code":"1310","message":"[1310][Weekly/Monthly Limit Exhausted. Your limit will reset at 2026-99-99 05:38:28]"}}',
      null,
    ],
    [
      '429 {"type":"error","error":{"type":"GoUsageLimitError","message":"Weekly usage limit reached. It will reset in 5 days 10 hours."}}',
      now + 130 * hour,
    ],
    ['429: {"type":"FreeUsageLimitError","message":"Rate limit exceeded."}', null],
    [
      '429 {"error":{"message":"You have exhausted your capacity. Your quota will reset after 1h30m."}}',
      now + 1.5 * hour,
    ],
    [
      '429: {"error":{"message":"Rate limit exceeded: free-models-per-day.","code":429,"metadata":{"headers":{"X-RateLimit-Reset":"1795824000000"}}}}',
      1_795_824_000_000,
    ],
    [
      '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"You exceeded your current quota","details":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}}',
      null,
    ],
    ['403 {"error":{"message":"You\'ve reached your usage limit for this billing cycle."}}', null],
    ['402 {"code":"quota_exceeded","message":"You have no quota"}', null],
  ])('is told by %s', (words, limitResetEpochMs) => {
    expect(judge(runOf(failure(words)))).toMatchObject({
      outcome: 'usage_limited',
      limitResetEpochMs,
    });
  });

  it('is not told by what the agent says or its tools print', () => {
    const words = '429 {"error":{"type":"usage_limit_reached"}}';
    const quoted = event('tool_execution_end', { toolCallId: 'a', result: words, isError: true });
    expect(judge(runOf(quoted, answer(words))).outcome).toBe('succeeded');
  });
});

describe('a whole answer', () => {
  it('counts with exit code 0 alone', () => {
    const lines = runOf(answer('Done.'));
    expect(judge(lines).outcome).toBe('succeeded');
    expect(judge(lines, EXIT_1)).toMatchObject({
      outcome: 'failed',
      reason: 'exit code 1 after its end',
    });
    expect(judge(lines, { ...EXIT_0, exitCode: 143 }).outcome).toBe('interrupted');
    expect(judge(lines, { ...EXIT_0, exitCode: null }).outcome).toBe('unknown');
  });

  it('may be the use of a tool that ends the work', () => {
    expect(judge(runOf(answer('', { stopReason: 'toolUse' }))).outcome).toBe('succeeded');
  });

  it('may be empty, but not without anything of a model in it', () => {
    const nothing = usage({ input: 0, output: 0, total: 0 });
    expect(judge(runOf(answer(''))).outcome).toBe('succeeded');
    expect(judge(runOf(answer('', { usage: nothing }))).outcome).toBe('succeeded');
    const noModel = answer('', { usage: nothing, responseId: undefined });
    expect(judge(runOf(noModel)).outcome).toBe('network_failed');
  });

  it.each([
    ['failed', 'length'],
    ['interrupted', 'aborted'],
    ['unknown', 'deferred'],
    ['unknown', undefined],
    ['unknown', 7],
  ])('comes to %s instead where it stops by %s', (outcome, stopReason) => {
    expect(judge(runOf(answer('Half', { stopReason }))).outcome).toBe(outcome);
  });

  it('does not count where it was told to stop', () => {
    const lines = [
      begins,
      turns,
      answer('One.'),
      ends(),
      event('agent_settled', { aborted: true }),
    ];
    expect(judge(lines).outcome).toBe('interrupted');
  });

  it('counts where the line that repeats the whole run is cut off', () => {
    const cut = '{"type":"agent_end","messages":[{"role":"user","cont';
    expect(judge([session, begins, turns, answer('Done.'), cut]).outcome).toBe('succeeded');
  });

  it('does not count for a turn whose own answer cannot be read', () => {
    const torn = '{"type":"message_end","message":{"role":"assi';
    expect(judge(runOf(answer('', { stopReason: 'toolUse' }), turns, torn)).outcome).toBe(
      'unknown',
    );
  });
});

describe('no end', () => {
  it.each([
    ['unknown', [], { exitCode: 0 }],
    ['unknown', ['hello', '{"a":1}'], { exitCode: 0 }],
    ['unknown', [session], { exitCode: null }],
    ['interrupted', [session, begins], { exitCode: 0 }],
    ['interrupted', [session, begins, turns, answer('One.')], { exitCode: 0 }],
    ['interrupted', [session, begins], { exitCode: 137 }],
    ['interrupted', [], { exitCode: null, signal: 'SIGINT' }],
    ['unknown', [session, begins, ends(), settled], { exitCode: 0 }],
    ['failed', [session, begins], { exitCode: 1, stderrTail: 'No API key found' }],
    ['failed', [], { exitCode: 1 }],
    ['worker_unavailable', [], { exitCode: 1, stderrTail: 'Error: Unknown option: --x\n' }],
    ['auth_failed', [session], { exitCode: 1, stderrTail: 'Warning\nNo API key found for x.\n' }],
    ['failed', [], { exitCode: 1, stderrTail: "No session found matching 'x'\n" }],
  ])('is %s after %j with %j', (outcome, lines, exit) => {
    expect(judge(lines, { ...EXIT_0, ...exit }).outcome).toBe(outcome);
  });

  it('tells why in one line', () => {
    expect(judge([], { ...EXIT_1, stderrTail: 'first\nerror: bad flag\n\n' }).reason).toBe(
      'it did not begin, exit code 1: error: bad flag',
    );
    expect(judge([session, begins], { ...EXIT_0, exitCode: 143 }).reason).toBe(
      'no end of its work, died of SIGTERM',
    );
  });
});

function judge(lines: readonly string[], exit: AgentExit = EXIT_0): AgentVerdict {
  return conclude(pi, lines, exit);
}
