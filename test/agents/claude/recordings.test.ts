import { describe, expect, it } from 'vitest';
import { claude } from '../../../src/agents/claude/claude.ts';
import { EXIT_0 } from '../contract.ts';
import { recordedEndings, recordedLines } from './recorded-lines.ts';

const NOTHING = { costUsd: 0, tokens: { in: 0, out: 0, cached: 0 }, turns: 1, denials: [] };
const TWO_REQUESTS = {
  costUsd: 0.01,
  tokens: { in: 2000, out: 100, cached: 0 },
  turns: 2,
  denials: [],
};
const UNKNOWN = { costUsd: null, tokens: null, turns: null, denials: [] };

/** What each recorded ending of the real Claude Code is. */
const EXPECTED = {
  'edits-a-file': { ...TWO_REQUESTS, outcome: 'succeeded' },
  'background-shell': {
    outcome: 'succeeded',
    costUsd: 0.015,
    tokens: { in: 3000, out: 150, cached: 0 },
    turns: 3,
    denials: [],
  },
  'permission-denied': { ...TWO_REQUESTS, outcome: 'permission_denied', denials: ['Write'] },
  'max-turns': { ...TWO_REQUESTS, outcome: 'max_turns', turns: 3 },
  unauthorized: { ...NOTHING, outcome: 'auth_failed' },
  'token-revoked': { ...NOTHING, outcome: 'auth_failed' },
  'credit-exhausted': { ...NOTHING, outcome: 'auth_failed' },
  'unknown-model': { ...NOTHING, outcome: 'worker_unavailable' },
  'prompt-too-long': { ...NOTHING, outcome: 'prompt_too_long' },
  'usage-limited': { ...NOTHING, outcome: 'usage_limited' },
  'rate-limited': { ...NOTHING, outcome: 'rate_limited' },
  'rate-limited-for-an-hour': { ...NOTHING, outcome: 'rate_limited' },
  overloaded: { ...NOTHING, outcome: 'network_failed' },
  'server-error': { ...NOTHING, outcome: 'network_failed' },
  'connection-reset': { ...NOTHING, outcome: 'network_failed' },
  'terminated-while-waiting': { ...UNKNOWN, outcome: 'interrupted' },
  'interrupted-while-waiting': { ...NOTHING, outcome: 'interrupted', turns: 2 },
} as const;

const endings = recordedEndings();

it('expects something of every recording, and of no other', () => {
  expect(endings.map(({ name }) => name).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
});

describe.each(Object.entries(EXPECTED))('the recorded ending %s', (name, expected) => {
  const ending = endings.find((candidate) => candidate.name === name);
  const reader = claude.createReader();
  const meanings = recordedLines(name).map((line) => reader.read(line));
  const verdict = reader.conclude({
    ...EXIT_0,
    exitCode: ending?.exitCode ?? null,
    signal: ending?.signal ?? null,
    stderrTail: ending?.stderr ?? '',
  });

  it(`is ${expected.outcome}`, () => {
    expect(verdict).toMatchObject(expected);
    expect(verdict.model).toMatch(/^claude-/);
    expect(verdict.sessionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves no tool open at its end', () => {
    expect(meanings.at(-1)?.openTools).toBe(0);
  });
});

it('keeps a report of an earlier result, and the remark after it', () => {
  expect(verdictOf('background-shell').finalMessage).toBe(
    'The command goes on in the background.\n\nThe command has ended.',
  );
  expect(verdictOf('edits-a-file').finalMessage).toMatch(/^I changed notes.md/);
});

it('tells the words of an error where the agent had none', () => {
  expect(verdictOf('unauthorized')).toMatchObject({
    reason: 'Invalid API key · Fix external API key (status 401)',
    finalMessage: 'Invalid API key · Fix external API key',
  });
  expect(verdictOf('max-turns').reason).toBe('Reached maximum number of turns (2) (max_turns)');
});

it('tells when the usage limit ends', () => {
  const event =
    recordedLines('usage-limited').find((line) => line.includes('rate_limit_event')) ?? '';
  const resetsAt = Number(/"resetsAt":(\d+)/.exec(event)?.[1]);
  expect(verdictOf('usage-limited').limitResetEpochMs).toBe(resetsAt * 1000);
  expect(verdictOf('rate-limited').limitResetEpochMs).toBeNull();
});

it('sees no life in retry notices', () => {
  const reader = claude.createReader();
  const lives = recordedLines('overloaded').map((line) => [
    line.includes('"api_retry"'),
    reader.read(line).life,
  ]);
  expect(lives.filter(([isRetry]) => isRetry)).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(lives.every(([isRetry, life]) => isRetry !== life)).toBe(true);
});

it('takes back that the agent should exit when a background task wakes it', () => {
  const reader = claude.createReader();
  const finals = recordedLines('background-shell').map((line) => reader.read(line).final);
  const changes = finals.filter((final, index) => final !== (finals[index - 1] ?? false));
  expect(changes).toEqual([true, false, true]);
});

function verdictOf(name: string): ReturnType<ReturnType<typeof claude.createReader>['conclude']> {
  const reader = claude.createReader();
  recordedLines(name).forEach((line) => reader.read(line));
  return reader.conclude(EXIT_0);
}
