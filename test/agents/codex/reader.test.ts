import { describe, expect, it } from 'vitest';
import type { AgentReader } from '../../../src/agents/agent.ts';
import { codex } from '../../../src/agents/codex/codex.ts';
import { recordedLines } from '../../corpus/corpus.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  begun,
  completed,
  failed,
  item,
  ran,
  reconnects,
  remarks,
  runs,
  says,
  started,
} from './codex-lines.ts';

describe('open tools', () => {
  it('are those that began and did not end', () => {
    expect(openTools([begun, runs('a'), ran()])).toEqual([0, 1, 0]);
  });

  it('are counted one by one where several run at once', () => {
    const lines = [
      runs('a', { id: 'a' }),
      item('started', { id: 'b', type: 'mcp_tool_call', status: 'in_progress' }),
      ran({ id: 'b' }),
      says('I wait.'),
      ran({ id: 'a' }),
    ];
    expect(openTools(lines)).toEqual([1, 2, 1, 1, 0]);
  });

  it('do not include a list of things to do, nor what failed at once', () => {
    const todo = { id: 't', type: 'todo_list', items: [], status: 'in_progress' };
    expect(openTools([item('started', todo), item('updated', todo)])).toEqual([0, 0]);
    expect(openTools([ran({ status: 'failed', exit_code: 3 })])).toEqual([0]);
  });

  it('are over with the turn', () => {
    expect(openTools([runs('a'), completed()])).toEqual([1, 0]);
    expect(openTools([runs('a'), failed('no')])).toEqual([1, 0]);
  });
});

describe('the final message', () => {
  it('is what the model said last', () => {
    const lines = [started, begun, says('I look.'), ran(), says('All done.'), completed()];
    expect(conclude(codex, lines, EXIT_0).finalMessage).toBe('All done.');
  });

  it('is no empty word, and no remark of Codex', () => {
    const lines = [started, begun, says('I look.'), says('  '), remarks('hm'), completed()];
    expect(conclude(codex, lines, EXIT_0).finalMessage).toBe('I look.');
  });

  it('are the words of the failure where the model had none', () => {
    expect(conclude(codex, [started, begun, failed('no')], EXIT_1).finalMessage).toBe('no');
  });

  it('keeps its end where it is too long, for the report stands there', () => {
    const { finalMessage } = conclude(
      codex,
      [begun, says(`${'x'.repeat(9_000)} the report`), completed()],
      EXIT_0,
    );
    expect(finalMessage).toHaveLength(8_000);
    expect(finalMessage).toMatch(/ the report$/);
  });
});

describe('tokens', () => {
  it('are told at the end of the turn, those of the cache apart', () => {
    const reader = codex.createReader();
    reader.read(says('Hello.'));
    expect(reader.spent).toEqual({ costUsd: null, tokens: null });
    reader.read(completed({ input_tokens: 1000, cached_input_tokens: 300, output_tokens: 50 }));
    expect(reader.spent).toEqual({ costUsd: null, tokens: { in: 700, out: 50, cached: 300 } });
  });

  it('of a session that goes on are what came on top', () => {
    const first = readAll(codex.createReader(), recordedLines('codex', 'hello')).conclude(EXIT_0);
    const session = { id: first.sessionId ?? '', spent: first.sessionSpent };
    const second = readAll(codex.createReader(session), recordedLines('codex', 'resumed'));
    expect(second.conclude(EXIT_0)).toMatchObject({
      tokens: { in: 2000, out: 100, cached: 0 },
      sessionSpent: { tokens: { in: 3000, out: 150, cached: 0 } },
    });
  });

  it('of a session stay known where its next turn tells none', () => {
    const spent = { costUsd: null, tokens: { in: 1000, out: 50, cached: 0 } };
    const reader = readAll(
      codex.createReader({ id: 'thread-1', spent }),
      recordedLines('codex', 'resumed-then-limited'),
    );
    expect(reader.conclude(EXIT_1)).toMatchObject({ tokens: null, sessionSpent: spent });
  });

  it('are unknown rather than invented', () => {
    for (const usage of [{ input_tokens: -1 }, { output_tokens: 'many' }]) {
      expect(conclude(codex, [begun, says('x'), completed(usage)], EXIT_0).tokens).toBeNull();
    }
  });
});

it('takes the agent for finished at the end of its turn, until it works on', () => {
  const lines = [started, begun, completed(), remarks('hm'), begun, says('more'), failed('no')];
  expect(readLines(lines).map(({ final }) => final)).toEqual([
    ...[false, false, true, true, false, false, true],
  ]);
});

it('sees life in every line but those of trouble', () => {
  const lines = ['', 'no JSON', started, runs('a'), '{"type":"something.new"}', reconnects('429')];
  expect(readLines(lines).map(({ life }) => life)).toEqual([true, true, true, true, true, false]);
});

it('knows its session', () => {
  expect(conclude(codex, [started, begun], EXIT_1).sessionId).toBe('thread-1');
});

function readAll(reader: AgentReader, lines: readonly string[]): AgentReader {
  lines.forEach((line) => reader.read(line));
  return reader;
}

function readLines(lines: readonly string[]): ReturnType<AgentReader['read']>[] {
  const reader = codex.createReader();
  return lines.map((line) => reader.read(line));
}

function openTools(lines: readonly string[]): number[] {
  return readLines(lines).map((meaning) => meaning.openTools);
}
