import { describe, expect, it } from 'vitest';
import { claude } from '../../../src/agents/claude/claude.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import { apiFailure, assistant, init, says, success, toolResult, uses } from './claude-lines.ts';

describe('open tools', () => {
  it('are those whose result is still out', () => {
    expect(openTools([init(), uses('Bash', { id: 'a' }), toolResult('a')])).toEqual([0, 1, 0]);
  });

  it('are counted one by one where a message asks for several', () => {
    const lines = [
      uses('Bash', { id: 'a' }),
      uses('Read', { id: 'b' }),
      toolResult('b'),
      toolResult('a'),
    ].map((line) => line.replace(/message-of-\w/, 'message-1'));
    expect(openTools(lines)).toEqual([1, 2, 1, 0]);
  });

  it('include those of subagents', () => {
    const sub = { parent_tool_use_id: 'agent' };
    const lines = [
      uses('Agent', { id: 'agent' }),
      uses('Bash', { id: 'a', ...sub }),
      toolResult('a', sub),
      toolResult('agent'),
    ];
    expect(openTools(lines)).toEqual([1, 2, 1, 0]);
  });

  it('are over when the model speaks again, whatever became of their result', () => {
    expect(
      openTools([
        uses('Bash', { id: 'a' }),
        '{"type":"user","message":{"content":[{"cut',
        says('next'),
      ]),
    ).toEqual([1, 1, 0]);
    expect(
      openTools([uses('Bash', { id: 'a' }), says('sub', { parent_tool_use_id: 'x', id: 'm2' })]),
    ).toEqual([1, 1]);
  });

  it('are over at the result', () => {
    expect(openTools([uses('Bash', { id: 'a' }), success()])).toEqual([1, 0]);
  });
});

describe('the final message', () => {
  it('is the text of the result', () => {
    expect(messageOf([init(), says('I look.'), success({ result: 'All done.' })])).toBe(
      'All done.',
    );
  });

  it('is what the agent said last where there is no good result', () => {
    expect(messageOf([init(), says('I look.'), says('  '), uses('Bash', { id: 'a' })])).toBe(
      'I look.',
    );
    expect(
      messageOf([
        init(),
        says('I look.'),
        says('API Error', { error: 'server_error' }),
        apiFailure({}),
      ]),
    ).toBe('I look.');
  });

  it('is no word of a subagent', () => {
    expect(messageOf([init(), says('sub', { parent_tool_use_id: 'x' })])).toBe('');
  });

  it('keeps its end where it is too long, for the report stands there', () => {
    const message = messageOf([init(), success({ result: `${'x'.repeat(9_000)} the report` })]);
    expect(message).toHaveLength(8_000);
    expect(message).toMatch(/ the report$/);
  });
});

describe('cost and tokens', () => {
  const model = {
    inputTokens: 10,
    outputTokens: 20,
    cacheReadInputTokens: 300,
    cacheCreationInputTokens: 4,
    costUSD: 1,
  };

  it('are those of the last result, over all models; cache writes count as input', () => {
    const lines = [
      success({ total_cost_usd: 1, modelUsage: { big: model } }),
      success({ total_cost_usd: 3, modelUsage: { big: model, small: model } }),
    ];
    expect(conclude(claude, lines, EXIT_0)).toMatchObject({
      costUsd: 3,
      tokens: { in: 28, out: 40, cached: 600 },
      turns: 2,
    });
  });

  it('come from the usage where no model is named', () => {
    const usage = {
      input_tokens: 1,
      output_tokens: 2,
      cache_creation_input_tokens: 3,
      cache_read_input_tokens: 4,
    };
    expect(conclude(claude, [success({ usage })], EXIT_0).tokens).toEqual({
      in: 4,
      out: 2,
      cached: 4,
    });
  });

  it('are unknown rather than invented', () => {
    const line = success({
      total_cost_usd: 'much',
      usage: { input_tokens: -1 },
      modelUsage: 7,
      num_turns: null,
    });
    expect(conclude(claude, [line], EXIT_0)).toMatchObject({
      costUsd: null,
      tokens: null,
      turns: null,
    });
  });
});

it('knows model and session', () => {
  expect(conclude(claude, [init(), says('hi')], EXIT_1)).toMatchObject({
    model: 'claude-some',
    sessionId: 'session-1',
  });
});

it('takes the agent for finished at its result, until anyone works on', () => {
  const finals = readAll([
    init(),
    success(),
    '{"type":"system","subtype":"task_updated"}',
    says('sub', { parent_tool_use_id: 'x' }),
    success(),
  ]);
  expect(finals.map(({ final }) => final)).toEqual([false, true, true, false, true]);
});

it('sees life in every line but a retry notice', () => {
  const lines = [
    '',
    'no JSON',
    init(),
    assistant([]),
    '{"type":"system","subtype":"api_retry","attempt":1}',
  ];
  expect(readAll(lines).map(({ life }) => life)).toEqual([true, true, true, true, false]);
});

function readAll(
  lines: readonly string[],
): ReturnType<ReturnType<typeof claude.createReader>['read']>[] {
  const reader = claude.createReader();
  return lines.map((line) => reader.read(line));
}

function openTools(lines: readonly string[]): number[] {
  return readAll(lines).map((meaning) => meaning.openTools);
}

function messageOf(lines: readonly string[]): string {
  return conclude(claude, lines, EXIT_0).finalMessage;
}
