import { describe, expect, it } from 'vitest';
import type { LineMeaning } from '../../../src/agents/agent.ts';
import { opencode } from '../../../src/agents/opencode/opencode.ts';
import { conclude, EXIT_0, EXIT_1 } from '../contract.ts';
import {
  goOn,
  lastStep,
  overflow,
  refusal,
  says,
  stepFinish,
  stepStart,
  used,
} from './opencode-lines.ts';

describe('open tools', () => {
  it('may be there from the begin of a step to its end, for it tells of one when it is over', () => {
    const lines = [stepStart(), says('I look.'), used('bash'), stepFinish('tool-calls')];
    expect(openTools(lines)).toEqual([1, 1, 1, 0]);
  });

  it('are over when the step fails', () => {
    expect(openTools([stepStart(), refusal(500)])).toEqual([1, 0]);
  });
});

describe('the end of its work', () => {
  it('is a step after which nothing is left to do', () => {
    expect(finals([stepStart(), used('bash'), stepFinish('tool-calls'), ...lastStep()])).toEqual([
      ...[false, false, false],
      ...[false, false, true],
    ]);
  });

  it('is none where tools were used in that step, whatever it calls its reason', () => {
    expect(finals([stepStart(), used('bash'), stepFinish('stop')]).at(-1)).toBe(false);
    expect(finals([stepStart(), stepFinish('unknown')]).at(-1)).toBe(false);
  });

  it('is there where only the service itself used tools', () => {
    const search = used('web_search', {}, { metadata: { providerExecuted: true } });
    expect(finals([stepStart(), search, stepFinish('stop')]).at(-1)).toBe(true);
  });

  it('is an error', () => {
    expect(finals([stepStart(), refusal(400)])).toEqual([false, true]);
  });

  it('is taken back where it was told to go on, or does', () => {
    expect(finals([...lastStep(), goOn()]).at(-1)).toBe(false);
    expect(finals([...lastStep(), stepStart()]).at(-1)).toBe(false);
    expect(finals([refusal(400), stepStart()]).at(-1)).toBe(false);
  });
});

describe('a prompt that does not fit', () => {
  const compaction = [overflow(), ...lastStep('A summary.'), goOn()];

  it('is no end while it is summed up', () => {
    expect(finals(compaction)).not.toContain(true);
  });

  it('is the end where it does not fit then either, though opencode would go on for ever', () => {
    const lines = [...compaction, overflow(), ...lastStep('A summary.'), goOn()];
    expect(finals(lines).slice(compaction.length)).toEqual([true, true, true, true, true]);
    for (const exit of [EXIT_0, { ...EXIT_0, exitCode: 143 }]) {
      expect(conclude(opencode, lines, exit).outcome).toBe('prompt_too_long');
    }
  });

  it('is forgotten once it fits', () => {
    const lines = [...compaction, stepStart(), used('bash'), stepFinish('tool-calls')];
    expect(finals([...lines, ...compaction])).not.toContain(true);
  });

  it('is why a process ended by itself, not why it was ended', () => {
    expect(conclude(opencode, [overflow()], EXIT_1).outcome).toBe('prompt_too_long');
    expect(conclude(opencode, compaction, { ...EXIT_0, exitCode: 137 }).outcome).toBe(
      'interrupted',
    );
  });
});

it('sees no life in a step that is begun again, since its answer broke off', () => {
  const again = stepStart({ messageID: 'message-1' });
  const next = stepStart({ messageID: 'message-2' });
  const meanings = readAll([again, again, stepFinish('tool-calls'), next]);
  expect(meanings.map(({ life }) => life)).toEqual([true, false, true, true]);
});

describe('answers with nothing in them', () => {
  const nothing = stepFinish('unknown', { tokens: { input: 0, output: 0 }, cost: 0 });

  it('are no life, and the end where there are three in a row', () => {
    const meanings = readAll([
      ...lastStep(),
      stepStart(),
      stepFinish('tool-calls'),
      nothing,
      nothing,
      nothing,
    ]);
    expect(meanings.slice(-3)).toEqual([
      { life: false, final: false, openTools: 0 },
      { life: false, final: false, openTools: 0 },
      { life: false, final: true, openTools: 0 },
    ]);
  });

  it('are no steps, and tell of a service that is none, whatever ended it', () => {
    for (const exit of [EXIT_0, EXIT_1, { ...EXIT_0, exitCode: 143 }]) {
      expect(conclude(opencode, [nothing, nothing, nothing], exit)).toMatchObject({
        outcome: 'network_failed',
        costUsd: null,
        turns: null,
      });
    }
  });

  it('are forgotten once there is one with something in it', () => {
    const lines = [nothing, nothing, ...lastStep(), nothing];
    expect(conclude(opencode, lines, EXIT_0).outcome).toBe('succeeded');
  });
});

describe('cost and tokens', () => {
  const tokens = { input: 10, output: 20, reasoning: 5, cache: { read: 300, write: 4 } };

  it('are those of its steps; reasoning counts as output, cache writes as input', () => {
    const lines = [
      stepFinish('tool-calls', { tokens, cost: 1 }),
      stepFinish('stop', { tokens, cost: 2 }),
    ];
    expect(conclude(opencode, lines, EXIT_0)).toMatchObject({
      costUsd: 3,
      tokens: { in: 28, out: 50, cached: 600 },
      turns: 2,
    });
  });

  it('are known while it works', () => {
    const reader = opencode.createReader();
    reader.read(stepFinish('tool-calls', { tokens, cost: 1 }));
    expect(reader.spent).toEqual({ costUsd: 1, tokens: { in: 14, out: 25, cached: 300 } });
  });

  it('are its own in a session that it went on with: opencode tells no sums', () => {
    const spent = { costUsd: 9, tokens: { in: 5000, out: 500, cached: 0 } };
    const reader = opencode.createReader({ id: 'ses_1', spent });
    lastStep().forEach((line) => reader.read(line));
    expect(reader.conclude(EXIT_0)).toMatchObject({
      costUsd: 0.5,
      tokens: { in: 1000, out: 50, cached: 0 },
      sessionSpent: { costUsd: null, tokens: null },
    });
  });

  it('are no cost where tokens cost nothing: it has no price for the model', () => {
    expect(conclude(opencode, [stepFinish('stop', { cost: 0 })], EXIT_0)).toMatchObject({
      costUsd: null,
      tokens: { in: 1000, out: 50, cached: 0 },
    });
  });

  it('are unknown rather than invented', () => {
    const line = stepFinish('stop', { tokens: { input: '1', output: -1 }, cost: 'much' });
    expect(conclude(opencode, [line], EXIT_0)).toMatchObject({ costUsd: null, tokens: null });
    expect(conclude(opencode, [], EXIT_1)).toMatchObject({
      costUsd: null,
      tokens: null,
      turns: null,
    });
  });
});

describe('the final message', () => {
  it('is all that its last message says', () => {
    const lines = [
      says('I look.', { messageID: 'message-0' }),
      says('It is done.'),
      says('A report.'),
      says(' '),
    ];
    expect(messageOf(lines)).toBe('It is done.\n\nA report.');
  });

  it('is no summary, and nothing that opencode tells the model', () => {
    expect(messageOf([says('I look.'), overflow(), ...lastStep('A summary.'), goOn()])).toBe(
      'I look.',
    );
  });

  it('is the error where the agent said nothing', () => {
    expect(messageOf([refusal(401, { message: 'invalid x-api-key' })])).toBe('invalid x-api-key');
  });

  it('keeps its end where it is too long, for the report stands there', () => {
    const message = messageOf([says(`${'x'.repeat(9_000)} the report`)]);
    expect(message).toHaveLength(8_000);
    expect(message).toMatch(/ the report$/);
  });
});

it('knows its session, and no model', () => {
  expect(conclude(opencode, lastStep(), EXIT_0)).toMatchObject({ sessionId: 'ses_1', model: null });
});

function readAll(lines: readonly string[]): readonly LineMeaning[] {
  const reader = opencode.createReader();
  return lines.map((line) => reader.read(line));
}

function openTools(lines: readonly string[]): readonly number[] {
  return readAll(lines).map((meaning) => meaning.openTools);
}

function finals(lines: readonly string[]): readonly boolean[] {
  return readAll(lines).map(({ final }) => final);
}

function messageOf(lines: readonly string[]): string {
  return conclude(opencode, lines, EXIT_0).finalMessage;
}
