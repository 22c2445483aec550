import { describe, expect, it } from 'vitest';
import type { AgentReader, LineMeaning } from '../../../src/agents/agent.ts';
import { pi } from '../../../src/agents/pi/pi.ts';
import { recordedLines } from '../../corpus/corpus.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  answer,
  begins,
  ends,
  event,
  failure,
  message,
  partOfAnswer,
  runOf,
  session,
  settled,
  tool,
  turns,
  usage,
} from './pi-lines.ts';

describe('open tools', () => {
  it('are those begun and not ended', () => {
    const lines = [
      tool('start', 'a'),
      tool('start', 'b'),
      tool('update', 'a'),
      tool('end', 'a'),
      tool('end', 'b'),
    ];
    expect(openTools(lines)).toEqual([1, 2, 2, 1, 0]);
  });

  it('are over when their turn is, whatever became of their end', () => {
    expect(openTools([tool('start', 'a'), '{"type":"tool_execution_end","tool'])).toEqual([1, 1]);
    expect(openTools([tool('start', 'a'), event('turn_end')])).toEqual([1, 0]);
    expect(openTools([tool('start', 'a'), ends()])).toEqual([1, 0]);
  });

  it('are open in the recording of a tool that was ended', () => {
    expect(readAll(recordedLines('pi', 'sigkill-in-a-tool')).at(-1)?.openTools).toBe(1);
  });
});

describe('it should exit', () => {
  it('when it has settled', () => {
    expect(finals([begins, turns, answer('Done.'), ends(), settled])).toEqual([
      ...[false, false, false, false],
      true,
    ]);
  });

  it('at the end of its run where it is too old to settle', () => {
    expect(finals([begins, turns, answer('Done.'), ends({})])).toEqual([false, false, false, true]);
  });

  it('not while it tries again', () => {
    for (const name of ['recovers-on-retry', 'overloaded', 'former-overloaded']) {
      const lines = recordedLines('pi', name);
      const retries = lines.flatMap((line, index) =>
        line.startsWith('{"type":"auto_retry_start"') ? [index] : [],
      );
      expect(retries.length).toBeGreaterThan(0);
      expect(finals(lines).filter((_, index) => retries.includes(index))).not.toContain(true);
      expect(finals(lines).at(-1)).toBe(true);
    }
  });

  it('not while it compacts its session, nor when it goes on after that', () => {
    const compacts = event('compaction_start', { reason: 'threshold' });
    const compacted = event('compaction_end', { willRetry: false });
    expect(finals([ends({}), compacts, compacted])).toEqual([true, false, true]);
    expect(finals([ends({}), compacts, event('compaction_end', { willRetry: true })])).toEqual([
      ...[true, false],
      false,
    ]);
    expect(finals([ends(), compacts, compacted, settled])).toEqual([false, false, false, true]);
    expect(finals([settled, begins])).toEqual([true, false]);
  });
});

it('sees life in every line but a retry notice', () => {
  const lines = ['', 'no JSON', session, begins, failure('x'), event('something_new')];
  expect(readAll(lines).map(({ life }) => life)).not.toContain(false);
  const notices = ['auto_retry_start', 'auto_retry_end', 'summarization_retry_scheduled'];
  expect(readAll(notices.map((type) => event(type))).map(({ life }) => life)).not.toContain(true);
});

describe('cost and tokens', () => {
  it('are told as they come in', () => {
    const reader = pi.createReader();
    read(reader, [partOfAnswer({ output: 2, total: 0.2 })]);
    expect(reader.spent).toEqual({ costUsd: 0.2, tokens: { in: 10, out: 2, cached: 0 } });
    read(reader, [partOfAnswer({ output: 4, total: 0.4 })]);
    expect(reader.spent).toEqual({ costUsd: 0.4, tokens: { in: 10, out: 4, cached: 0 } });
    read(reader, [answer('Done.')]);
    expect(reader.spent).toEqual({ costUsd: 0.5, tokens: { in: 10, out: 5, cached: 0 } });
    read(reader, [partOfAnswer({ output: 1, total: 0.25 })]);
    expect(reader.spent).toEqual({ costUsd: 0.75, tokens: { in: 20, out: 6, cached: 0 } });
  });

  it('come in with the message itself where it is old', () => {
    const reader = pi.createReader();
    read(reader, [event('message_update', { message: message('Do', { usage: usage() }) })]);
    expect(reader.spent).toEqual({ costUsd: 0.5, tokens: { in: 10, out: 5, cached: 0 } });
  });

  it('are not what the prompt says about itself', () => {
    const reader = pi.createReader();
    read(reader, [event('message_start', { message: { role: 'user', usage: usage() } })]);
    expect(reader.spent).toEqual({ costUsd: null, tokens: null });
  });

  it('are counted once, though turn and run repeat their messages', () => {
    const said = message('Done.');
    const lines = [
      answer('Done.'),
      event('turn_end', { message: said }),
      ends({ messages: [said], willRetry: false }),
    ];
    expect(conclude(pi, lines, EXIT_0)).toMatchObject({ costUsd: 0.5, turns: 1 });
  });

  it('hold cache writes as input, and what a compaction took', () => {
    const lines = [
      answer('', { usage: usage({ cacheWrite: 3, cacheRead: 7 }) }),
      event('compaction_end', { result: { summary: 'x', usage: usage() } }),
    ];
    expect(conclude(pi, lines, EXIT_0)).toMatchObject({
      costUsd: 1,
      tokens: { in: 23, out: 10, cached: 7 },
      turns: 1,
    });
  });

  it('are unknown rather than invented', () => {
    const lines = [answer('Done.', { usage: { input: 'many', output: -1, cost: 7 } })];
    expect(conclude(pi, lines, EXIT_0)).toMatchObject({ costUsd: null, tokens: null });
  });

  it('do not call free what has no price', () => {
    const free = usage({ total: 0 });
    expect(conclude(pi, [answer('Done.', { usage: free })], EXIT_0).costUsd).toBeNull();
    expect(conclude(pi, [answer('a', { usage: free }), answer('b')], EXIT_0).costUsd).toBe(0.5);
  });

  it('are of the process alone, also where it goes on with a session', () => {
    const before = { id: 'session-1', spent: { costUsd: 9, tokens: null } };
    const reader = pi.createReader(before);
    read(reader, recordedLines('pi', 'resumed'));
    expect(reader.conclude(EXIT_0)).toMatchObject({
      costUsd: 0.0075,
      tokens: { in: 2000, out: 100, cached: 0 },
      sessionSpent: { costUsd: null, tokens: null },
    });
  });
});

describe('the final message', () => {
  it('is what the agent said last', () => {
    expect(messageOf(runOf(answer('I look.'), answer('All done.'), answer('')))).toBe('All done.');
  });

  it('is no half of an answer that broke off', () => {
    const broken = answer('I was ab', { stopReason: 'error', errorMessage: 'terminated' });
    expect(messageOf(runOf(answer('I look.'), broken))).toBe('I look.');
    expect(messageOf(runOf(broken))).toBe('terminated');
  });

  it('is the sentence of the service where nothing was said', () => {
    expect(messageOf(runOf(failure('401 {"error":{"message":"invalid key"}}')))).toBe(
      'invalid key',
    );
  });

  it('keeps its end where it is too long, for the report stands there', () => {
    const text = messageOf(runOf(answer(`${'x'.repeat(9_000)} the report`)));
    expect(text).toHaveLength(8_000);
    expect(text).toMatch(/ the report$/);
  });
});

it('knows model and session', () => {
  expect(conclude(pi, [session, answer('hi')], EXIT_1)).toMatchObject({
    model: 'some-model',
    sessionId: 'session-1',
  });
});

it('has no session that can be gone on with before its first answer', () => {
  expect(conclude(pi, [session, begins, turns], EXIT_1).sessionId).toBeNull();
  expect(conclude(pi, [session, begins, turns, failure('401')], EXIT_1).sessionId).toBe(
    'session-1',
  );
});

function readAll(lines: readonly string[]): LineMeaning[] {
  return read(pi.createReader(), lines);
}

function read(reader: AgentReader, lines: readonly string[]): LineMeaning[] {
  return lines.map((line) => reader.read(line));
}

function openTools(lines: readonly string[]): number[] {
  return readAll(lines).map((meaning) => meaning.openTools);
}

function finals(lines: readonly string[]): boolean[] {
  return readAll(lines).map(({ final }) => final);
}

function messageOf(lines: readonly string[]): string {
  return conclude(pi, lines, EXIT_0).finalMessage;
}
