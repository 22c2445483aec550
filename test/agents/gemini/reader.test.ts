import { describe, expect, it } from 'vitest';
import type { LineMeaning } from '../../../src/agents/agent.ts';
import { gemini } from '../../../src/agents/gemini/gemini.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  failure,
  init,
  prompt,
  says,
  stats,
  success,
  toolResult,
  trouble,
  uses,
} from './gemini-lines.ts';

describe('open tools', () => {
  it('are those begun and not ended, by id', () => {
    const counts = read([
      uses('read_file', { id: 'a' }),
      uses('run_shell_command', { id: 'b' }),
      toolResult({ id: 'a' }),
      toolResult({ id: 'unheard of' }),
      toolResult({ id: 'b' }),
    ]).map(({ openTools }) => openTools);
    expect(counts).toEqual([1, 2, 1, 1, 0]);
  });

  it('are none once there is a result', () => {
    expect(read([uses('run_shell_command'), success()]).at(-1)?.openTools).toBe(0);
  });
});

describe('the end', () => {
  it('has come with a result, until it works on', () => {
    const finals = read([init(), says('a'), success(), says('b'), failure('x')]).map(
      ({ final }) => final,
    );
    expect(finals).toEqual([false, false, true, false, true]);
  });

  it('is not there where it worked on after a result', () => {
    const lines = [init(), says('a'), success(), uses('read_file')];
    expect(conclude(gemini, lines, EXIT_0)).toMatchObject({
      outcome: 'interrupted',
      tokens: null,
    });
  });
});

it('sees life in every line: it tells of its retries on stderr alone', () => {
  expect(read([init(), 'noise', trouble('x')]).every(({ life }) => life)).toBe(true);
});

describe('what was spent', () => {
  it('is told with the result: cached input apart, thoughts with the answers', () => {
    const reader = gemini.createReader();
    reader.read(says('a'));
    expect(reader.spent).toEqual({ costUsd: null, tokens: null });
    reader.read(success());
    expect(reader.spent).toEqual({ costUsd: null, tokens: { in: 600, out: 60, cached: 400 } });
  });

  it('is unknown where its fields are of other types, and never negative', () => {
    expect(spentOf({ input_tokens: '1000' })).toBeNull();
    expect(spentOf({ output_tokens: -1 })).toBeNull();
    expect(spentOf({ cached: 5000, total_tokens: 10 })).toEqual({ in: 0, out: 50, cached: 1000 });
  });

  it('is that of one process also where it goes on with a session', () => {
    const session = { id: 'session-1', spent: { costUsd: null, tokens: TOKENS } };
    const reader = gemini.createReader(session);
    [init(), says('a'), success()].forEach((line) => reader.read(line));
    expect(reader.conclude(EXIT_0)).toMatchObject({
      tokens: TOKENS,
      sessionSpent: { costUsd: null, tokens: null },
    });
  });

  const TOKENS = { in: 600, out: 60, cached: 400 };

  function spentOf(fields: Readonly<Record<string, unknown>>): unknown {
    return conclude(gemini, [success({ stats: stats(fields) })], EXIT_0).tokens;
  }
});

it('counts an answer of the model between one round of tool results and the next', () => {
  const lines = [
    init(),
    prompt(),
    says('I '),
    says('look.'),
    uses('read_file', { id: 'a' }),
    uses('glob', { id: 'b' }),
    toolResult({ id: 'a' }),
    toolResult({ id: 'b' }),
    says('Done.'),
    success(),
  ];
  expect(conclude(gemini, lines, EXIT_0).turns).toBe(2);
  expect(conclude(gemini, lines.slice(0, 2), EXIT_1).turns).toBeNull();
  expect(conclude(gemini, [init(), failure('x')], EXIT_1).turns).toBe(0);
});

describe('the final message', () => {
  it('is what it said last, put together', () => {
    const lines = [says('First.'), uses('glob'), toolResult(), says('All '), says('done.')];
    expect(conclude(gemini, [...lines, success()], EXIT_0).finalMessage).toBe('All done.');
  });

  it('is what it said before, where it ended without a word', () => {
    const lines = [says('I write it.'), uses('glob'), toolResult(), success()];
    expect(conclude(gemini, lines, EXIT_0).finalMessage).toBe('I write it.');
  });

  it('is the words of the error, where it had none', () => {
    expect(conclude(gemini, [init(), failure('[API Error: x]')], EXIT_1).finalMessage).toBe(
      '[API Error: x]',
    );
  });

  it('keeps the end of a long one', () => {
    const lines = [...Array.from({ length: 500 }, () => says('word '.repeat(20))), says('end')];
    const { finalMessage } = conclude(gemini, [...lines, success()], EXIT_0);
    expect(finalMessage).toHaveLength(8_000);
    expect(finalMessage).toMatch(/end$/);
  });
});

it('names the model that did most, not the one it was asked to choose with', () => {
  const models = { small: { total_tokens: 9 }, big: { total_tokens: 1060 }, idle: {} };
  const lines = [init({ model: 'auto' }), says('a'), success({ stats: stats({ models }) })];
  expect(conclude(gemini, lines, EXIT_0).model).toBe('big');
  expect(conclude(gemini, lines.slice(0, 2), EXIT_0).model).toBe('auto');
});

describe('the session', () => {
  it('can be gone on with after any end of its own or ours', () => {
    expect(conclude(gemini, [init()], EXIT_0).sessionId).toBe('session-1');
    expect(conclude(gemini, [init(), says('a'), failure('x')], EXIT_1).sessionId).toBe('session-1');
  });

  it('is taken back where its first question failed, unless there was one before', () => {
    const lines = [init(), prompt(), failure('x')];
    expect(conclude(gemini, lines, EXIT_1).sessionId).toBeNull();
    const resumed = gemini.createReader({
      id: 'session-1',
      spent: { costUsd: null, tokens: null },
    });
    lines.forEach((line) => resumed.read(line));
    expect(resumed.conclude(EXIT_1).sessionId).toBe('session-1');
  });
});

it('takes torn lines, noise, unknown types and more fields', () => {
  const lines = [
    init({ more: 1 }),
    '{"type":"mess',
    '{"type":"thought","content":"hm"}',
    '[]',
    says('a'),
    success({ more: [] }),
  ];
  expect(conclude(gemini, lines, EXIT_0)).toMatchObject({ outcome: 'succeeded', turns: 1 });
});

function read(lines: readonly string[]): readonly LineMeaning[] {
  const reader = gemini.createReader();
  return lines.map((line) => reader.read(line));
}
