import { describe, expect, it } from 'vitest';
import type { AgentVerdict, LineMeaning } from '../../../src/agents/agent.ts';
import { claude } from '../../../src/agents/claude/claude.ts';
import { exitOf, recordedEndings, recordedLines } from '../../corpus/corpus.ts';
import { conclude } from '../contract.ts';

/** Beside what `test/corpus/claude/expected.ts` expects of the recordings. */
const endings = recordedEndings('claude').map((ending) => ({
  ...ending,
  lines: recordedLines('claude', ending.name),
}));

describe.each(endings.filter(({ lines }) => lines.length > 1))('the recording $name', (ending) => {
  it('tells model and session', () => {
    expect(verdictOf(ending.name)).toMatchObject({
      model: expect.stringMatching(/^claude-|^no-such-model$/),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('leaves no tool open at its end, unless it was killed in one', () => {
    const open = meaningsOf(ending.name).at(-1)?.openTools;
    expect(open).toBe(ending.name === 'sigkill-in-a-tool' ? 1 : 0);
  });
});

it('keeps a report of an earlier result, and the remark after it', () => {
  expect(verdictOf('background-shell').finalMessage).toBe(
    'The command goes on in the background.\n\nThe command has ended.',
  );
  expect(verdictOf('edits-a-file').finalMessage).toMatch(/^I changed notes.md/);
});

it('keeps what the agent said itself, not its subagent', () => {
  expect(verdictOf('asks-a-subagent').finalMessage).toBe(
    'A helper counts them.\n\nMy helper counted no file.',
  );
});

it('tells the words of an error where the agent had none', () => {
  expect(verdictOf('unauthorized')).toMatchObject({
    reason: 'Invalid API key · Fix external API key (status 401)',
    finalMessage: 'Invalid API key · Fix external API key',
  });
  expect(verdictOf('max-turns').reason).toBe('Reached maximum number of turns (2) (max_turns)');
});

it.each([
  'usage-limited',
  'usage-limited-in-new-york',
  'usage-limited-for-days',
  'usage-limited-to-next-year',
  'usage-limited-after-work',
])('knows the end of %s by its words as well as by its event', (name) => {
  const words = recordedLines('claude', name).filter((line) => !line.includes('rate_limit_event'));
  const { outcome, limitResetEpochMs } = conclude(claude, words, exitNamed(name));
  expect(outcome).toBe('usage_limited');
  expect(limitResetEpochMs).toBe(verdictOf(name).limitResetEpochMs);
});

it('sees no life in retry notices', () => {
  const lives = recordedLines('claude', 'overloaded').map((line, index) => [
    line.includes('"api_retry"'),
    meaningsOf('overloaded')[index]?.life,
  ]);
  expect(lives.filter(([isRetry]) => isRetry)).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(lives.every(([isRetry, life]) => isRetry !== life)).toBe(true);
});

it('takes back that the agent should exit when a background task wakes it', () => {
  const finals = meaningsOf('background-shell').map(({ final }) => final);
  const changes = finals.filter((final, index) => final !== (finals[index - 1] ?? false));
  expect(changes).toEqual([true, false, true]);
});

function meaningsOf(name: string): readonly LineMeaning[] {
  const reader = claude.createReader();
  return recordedLines('claude', name).map((line) => reader.read(line));
}

function verdictOf(name: string): AgentVerdict {
  return conclude(claude, recordedLines('claude', name), exitNamed(name));
}

function exitNamed(name: string): ReturnType<typeof exitOf> {
  const ending = endings.find((candidate) => candidate.name === name);
  if (!ending) {
    throw new Error(`There is no recording ${name}.`);
  }
  return exitOf('claude', ending);
}
