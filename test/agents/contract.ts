import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent, AgentExit, AgentVerdict } from '../../src/agents/agent.ts';
import { findAgent } from './every-agent.ts';
import { isOutcome, isSuccess } from '../../src/domain/outcome.ts';
import { hostileLine } from './hostile-line.ts';

export interface AgentContract {
  readonly agent: Agent;
  /** Outputs of real attempts that ended well, line by line. */
  readonly successes: readonly (readonly string[])[];
}

/** What autoloop relies on, whatever the agent. */
export function describeAgentContract({ agent, successes }: AgentContract): void {
  const lines = fc.array(hostileLine(successes.flat()), { maxLength: 30 });

  describe(`the ${agent.name} adapter`, () => {
    it('is found by its name', () => {
      expect(findAgent(agent.name)).toBe(agent);
    });

    it('plans the same arguments for the same request, and no secret', () => {
      expect(agent.plan(REQUEST)).toEqual(agent.plan(REQUEST));
      expect(Object.keys(agent.plan(REQUEST).env).filter(looksSecret)).toEqual([]);
    });

    it('names an account without its value', () => {
      const env = Object.fromEntries(agent.loginVariables.map((name) => [name, 'the-value-of-it']));
      expect(agent.account(env) ?? '').not.toContain('the-value-of-it');
    });

    it('calls a success a success', () => {
      for (const success of successes) {
        expect(conclude(agent, success, EXIT_0).outcome).toBe('succeeded');
      }
    });

    it('concludes at once, before any line', () => {
      expectVerdict(agent.createReader().conclude(EXIT_1));
      expectVerdict(agent.createReader().conclude({ ...EXIT_1, exitCode: null }));
    });

    it('calls no attempt a success that died of a signal', () => {
      for (const death of DEATHS) {
        for (const success of successes) {
          expect(conclude(agent, success, { ...EXIT_0, ...death }).outcome).toBe('interrupted');
        }
      }
    });

    it('calls no non-zero exit a success', () => {
      fc.assert(
        fc.property(lines, fc.integer({ min: 1, max: 255 }), (output, exitCode) => {
          expect(isSuccess(conclude(agent, output, { ...EXIT_0, exitCode }).outcome)).toBe(false);
        }),
        SETTINGS,
      );
    });

    it('takes any line and any exit, and always comes to a whole verdict', () => {
      fc.assert(
        fc.property(lines, anyExit, (output, exit) => {
          const reader = agent.createReader();
          for (const line of output) {
            const { life, final, openTools } = reader.read(line);
            expect([typeof life, typeof final, openTools >= 0]).toEqual([
              'boolean',
              'boolean',
              true,
            ]);
          }
          expectVerdict(reader.conclude(exit));
        }),
        SETTINGS,
      );
    });

    it('comes to the same verdict each time', () => {
      fc.assert(
        fc.property(lines, anyExit, (output, exit) => {
          const reader = agent.createReader();
          output.forEach((line) => reader.read(line));
          const verdict = reader.conclude(exit);
          expect(reader.conclude(exit)).toEqual(verdict);
          expect(conclude(agent, output, exit)).toEqual(verdict);
        }),
        SETTINGS,
      );
    });

    it('describes any line in one line, or not at all', () => {
      fc.assert(
        fc.property(hostileLine(successes.flat()), (line) => {
          expect(agent.describeLine(line) ?? 'x').toMatch(/^[^\p{Cc}]+$/u);
        }),
        SETTINGS,
      );
    });

    it('bears lines of 4 MiB', () => {
      for (const line of [
        'x'.repeat(LONGEST_LINE),
        '{"type":"'.padEnd(LONGEST_LINE, '['),
        '['.repeat(LONGEST_LINE),
      ]) {
        agent.describeLine(line);
        expectVerdict(conclude(agent, [line], EXIT_1));
      }
    });
  });
}

/** What a reader makes of a whole output. */
export function conclude(agent: Agent, output: readonly string[], exit: AgentExit): AgentVerdict {
  const reader = agent.createReader();
  output.forEach((line) => reader.read(line));
  return reader.conclude(exit);
}

export const EXIT_0: AgentExit = {
  ...{ exitCode: 0, signal: null, stdoutTail: '', stderrTail: '' },
  endedAtEpochMs: Date.UTC(2026, 10, 27, 12),
};
export const EXIT_1: AgentExit = { ...EXIT_0, exitCode: 1 };

const REQUEST = {
  maxTurns: 80,
  model: 'some-model',
  allowedTools: ['Read', 'Bash'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: true,
  resumes: null,
  budgetUsd: null,
};

// A namespace's init tells a signal as 128+n.
const DEATHS = [
  { exitCode: null, signal: 'SIGTERM' },
  { exitCode: null, signal: 'SIGKILL' },
  { exitCode: 137, signal: null },
  { exitCode: 143, signal: null },
];

const LONGEST_LINE = 4 * 1024 * 1024;
const SETTINGS = { seed: 20_261_123, numRuns: 300 };

const anyExit: fc.Arbitrary<AgentExit> = fc.record({
  exitCode: fc.option(fc.integer({ min: 0, max: 255 })),
  signal: fc.option(fc.constantFrom('SIGTERM', 'SIGKILL', 'SIGSEGV')),
  stdoutTail: fc.string({ unit: 'binary' }),
  endedAtEpochMs: fc.nat(4_000_000_000_000),
  stderrTail: fc.string({ unit: 'binary' }),
});

function expectVerdict(verdict: AgentVerdict): void {
  expect(isOutcome(verdict.outcome)).toBe(true);
  expect(verdict.reason).toMatch(/^[^\n]+$/);
  expect(verdict.finalMessage.length).toBeLessThanOrEqual(8_000);
  expect(verdict.costUsd ?? 0).toBeGreaterThanOrEqual(0);
  expect(verdict.turns ?? 0).toBeGreaterThanOrEqual(0);
  expect(Object.values(verdict.tokens ?? {}).every((count) => count >= 0)).toBe(true);
  expect(verdict.denials.every((name) => typeof name === 'string')).toBe(true);
}

function looksSecret(name: string): boolean {
  return /_KEY$|_TOKEN$|_SECRET|PASSWORD|_CREDENTIALS$/.test(name);
}
