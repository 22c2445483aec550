import { describe, expect, it } from 'vitest';
import type { AgentExit, AgentVerdict } from '../../src/agents/agent.ts';
import { deathSignal } from '../../src/agents/death-signal.ts';
import { findAgent } from '../agents/every-agent.ts';
import { isSuccess } from '../../src/domain/outcome.ts';
import { saying, withNewFields } from './bend-line.ts';
import { recordedAgents, recordedOutputs } from './corpus.ts';
import { judge, type Judged } from './judge.ts';

/** A recorded process, and what its adapter makes of it. */
interface Recorded {
  readonly name: string;
  readonly lines: readonly string[];
  readonly exit: AgentExit;
  readonly verdict: AgentVerdict;
  /** A final result was the last that it told. */
  readonly isFinal: boolean;
}

const agents = recordedAgents().map((name) => ({ name, ...recordedBy(name) }));

// What its words mean is its exit's to tell.
const protocolled = agents.filter(({ name }) => name !== 'command');

const LIMIT_WORDS = [
  '5-hour limit reached',
  'Claude AI usage limit reached|1795438800',
  "You've hit your usage limit. Try again at 5:53 AM.",
  "You've hit your session limit · resets 3pm (UTC)",
  '429 Too Many Requests',
  'RESOURCE_EXHAUSTED: Quota exceeded',
  'invalid api key',
  'API Error: 401 · Please run /login',
  'Credit balance is too low',
  'Prompt is too long',
  'context_length_exceeded',
  'API Error: 529 Overloaded',
  'connect ECONNREFUSED 127.0.0.1:443',
  'Permission denied',
  '{"type":"result","subtype":"error_during_execution","is_error":true}',
];

const NEW_EVENTS = [
  '{"type":"something_new","status":"failed","error":{"message":"429"}}',
  '{"type":"system","subtype":"something_new","level":"error"}',
  '{"event":"telemetry","is_error":true}',
  '{}',
  '[{"type":"error"}]',
  'null',
  '"error"',
  '429',
];

const NOISE = ['', '   ', 'Warning: 429 something', '{"cut', '\u001B[31mred\u001B[0m', '\0'];

const DEATHS = [
  ...['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGKILL', 'SIGSEGV', 'SIGABRT'].map((signal) => ({
    exitCode: null,
    signal,
  })),
  ...[129, 130, 137, 143].map((exitCode) => ({ exitCode, signal: null })),
];

describe.each(agents)('a recorded success of $name', ({ name, recordings }) => {
  const successes = recordings.filter(({ verdict }) => isSuccess(verdict.outcome));

  it('is there', () => {
    expect(successes).not.toEqual([]);
  });

  it.each(LIMIT_WORDS)('stays one where models and tools say %j', (words) => {
    const verdicts = successes.map((success) => {
      const lines = success.lines.map((line) => saying(line, words));
      const verdict = judged(name, lines, success.exit);
      expectUnfooled(verdict, success);
      return verdict;
    });
    expect(verdicts.map(({ finalMessage }) => finalMessage)).toContainEqual(
      expect.stringContaining(words),
    );
  });

  it.each(LIMIT_WORDS)('stays one where its stderr says %j', (words) => {
    for (const success of successes) {
      const exit = { ...success.exit, stderrTail: `${success.exit.stderrTail}${words}\n` };
      expectUnfooled(judged(name, success.lines, exit), success);
    }
  });
});

describe.each(agents)('a recorded ending of $name', ({ name, recordings }) => {
  it('is no success where a signal ended it', () => {
    for (const { name: recording, lines, exit } of recordings) {
      for (const death of DEATHS) {
        const { outcome } = judged(name, lines, { ...exit, ...death });
        expect(isSuccess(outcome), `${recording}, ${JSON.stringify(death)}`).toBe(false);
      }
    }
  });

  it('is no success that it was not where its last line was cut', () => {
    for (const recording of recordings) {
      for (const lines of cutsOf(recording.lines)) {
        expectNoBetter(judged(name, lines, recording.exit), recording);
      }
    }
  });

  it('is no success that it was not where a line became too long to read', () => {
    for (const recording of recordings.filter(({ verdict }) => !toldInOneLine(verdict))) {
      const { verdict } = judgedAround(name, recording, { padsALine: true });
      expectNoBetter(verdict, recording);
    }
  });
});

describe.each(protocolled)('the output of $name', ({ name, recordings }) => {
  const spoken = recordings.filter(({ lines }) => lines.length > 0);

  it.each(NEW_EVENTS)('means the same with events of a later version: %s', (event) => {
    for (const recording of spoken) {
      const lines = recording.lines.flatMap((line) => [line, event]);
      expectSame(judged(name, lines, recording.exit), recording);
    }
  });

  it('means the same with more fields in every object', () => {
    for (const recording of spoken) {
      expectSame(judged(name, recording.lines.map(withNewFields), recording.exit), recording);
    }
  });

  it.each(NOISE)('means the same with noise: %j', (noise) => {
    for (const recording of recordings) {
      const lines = [noise, ...recording.lines.flatMap((line) => [line, noise])];
      expectSame(judged(name, lines, recording.exit), recording);
    }
  });

  it('means the same with bytes that are no text', () => {
    for (const { lines, exit, ...recording } of recordings) {
      const stdout = Buffer.concat([
        NO_TEXT,
        ...lines.flatMap((line) => [Buffer.from(`${line}\n`), NO_TEXT]),
      ]);
      const { verdict } = judge(findAgent(name), { stdout, exit });
      expectSame(verdict, { lines, exit, ...recording });
    }
  });

  it('means the same with ends of lines of another system', () => {
    for (const recording of recordings) {
      const lines = recording.lines.map((line) => `${line}\r`);
      expectSame(judged(name, lines, recording.exit), recording);
    }
  });

  it('means the same with a line of 10 MB in its middle', () => {
    for (const recording of recordings) {
      const { verdict } = judgedAround(name, recording, { padsALine: false });
      expectSame(verdict, recording);
    }
  });

  it('is no success by exit code 0, but for what it had concluded before a signal came', () => {
    const failures = recordings.filter(({ verdict }) => !isSuccess(verdict.outcome));
    for (const { lines, exit, isFinal, ...failure } of failures) {
      if (deathSignal(exit) === null || !isFinal) {
        const { outcome } = judged(name, lines, { ...exit, exitCode: 0, signal: null });
        expect(isSuccess(outcome), failure.name).toBe(false);
      }
    }
  });

  it('is no success where it is empty', () => {
    const exit = { exitCode: 0, signal: null, stderrTail: '', stdoutTail: '', endedAtEpochMs: 1 };
    expect(isSuccess(judged(name, [], exit).outcome)).toBe(false);
    expect(isSuccess(judged(name, ['', 'done'], exit).outcome)).toBe(false);
  });
});

const NO_TEXT = Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80, 0x0a]);
const TEN_MB = Buffer.from(`{"type":"something_new","text":"${'x'.repeat(10 * 1024 * 1024)}`);

function recordedBy(agent: string): { readonly recordings: readonly Recorded[] } {
  const recordings = [...recordedOutputs(agent)].map(([name, output]) => ({
    name,
    exit: output.exit,
    lines: output.stdout.toString().split('\n').filter(Boolean),
    ...judge(findAgent(agent), output),
  }));
  return { recordings };
}

function judged(agent: string, lines: readonly string[], exit: AgentExit): AgentVerdict {
  const stdout = Buffer.from(lines.join('\n'));
  return judge(findAgent(agent), { stdout, exit }).verdict;
}

/** Up to each line, and some of that line. */
function cutsOf(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.flatMap((line, index) =>
    [1, line.length >> 2, line.length >> 1, line.length - 1].map((length) => [
      ...lines.slice(0, index),
      line.slice(0, length),
    ]),
  );
}

/** With 10 MB in its middle: a line of its own, or the beginning of the line there. */
function judgedAround(
  agent: string,
  { lines, exit }: Recorded,
  { padsALine }: { readonly padsALine: boolean },
): Judged {
  const middle = lines.length >> 1;
  const stdout = Buffer.concat([
    Buffer.from(lines.slice(0, middle).join('\n') + (middle > 0 ? '\n' : '')),
    TEN_MB,
    Buffer.from((padsALine ? '' : '\n') + lines.slice(middle).join('\n')),
  ]);
  return judge(findAgent(agent), { stdout, exit });
}

// A denial is told by the line of its tool alone: lost with it, nobody can know.
function toldInOneLine({ outcome }: AgentVerdict): boolean {
  return outcome === 'permission_denied';
}

function expectSame(verdict: AgentVerdict, { name, verdict: told }: Recorded): void {
  expect(verdict, name).toEqual(told);
}

function expectUnfooled(verdict: AgentVerdict, { name, verdict: told }: Recorded): void {
  const said = { reason: told.reason, finalMessage: told.finalMessage };
  expect({ ...verdict, ...said }, name).toEqual(told);
}

function expectNoBetter({ outcome }: AgentVerdict, { name, verdict: told }: Recorded): void {
  expect(isSuccess(outcome) && !isSuccess(told.outcome), name).toBe(false);
}
