import { describe, expect, it } from 'vitest';
import type { AgentRequest, AgentVerdict } from '../../../src/agents/agent.ts';
import { claude } from '../../../src/agents/claude/claude.ts';
import { runClaude } from '../../corpus/claude/run-claude.ts';
import { findClaudeBinary } from '../../tools/claude-binary.ts';
import { conclude, EXIT_0 } from '../contract.ts';

const binary = findClaudeBinary();

/** The plan, taken by the real Claude Code with a mock as its model. */
describe.skipIf(binary === null)(
  'the real Claude Code',
  () => {
    it.concurrent.each(claude.permissionModes ?? [])(
      'takes the plan with permission mode %s',
      async (permissionMode) => {
        const verdict = await run('hello', {
          permissionMode,
          model: 'some-model',
          allowedTools: ['Read', 'Bash(git log *)'],
        });
        expect(verdict).toMatchObject({
          outcome: 'succeeded',
          finalMessage: 'Hello.',
          model: 'some-model',
        });
      },
    );

    it.concurrent('works with the tools it is allowed', async () => {
      const verdict = await run('edits-notes', {
        permissionMode: 'manual',
        allowedTools: ['Read', 'Write'],
      });
      expect(verdict).toMatchObject({ outcome: 'succeeded', denials: [] });
    });

    it.concurrent('stops at the turns it is given', async () => {
      expect(await run('works-forever', { allowedTools: ['Bash'], maxTurns: 2 })).toMatchObject({
        outcome: 'max_turns',
      });
    });

    it.concurrent('refuses to start with a permission mode of no agent', async () => {
      const verdict = await run('hello', { permissionMode: 'bogus' });
      expect(verdict.outcome).toBe('worker_unavailable');
      expect(verdict.reason).toContain("argument 'bogus' is invalid");
    });

    it.concurrent('gives up an overloaded service after the retries of the plan', async () => {
      expect(await run('overloaded', {})).toMatchObject({ outcome: 'network_failed', costUsd: 0 });
    });
  },
  60_000,
);

async function run(scenario: string, wishes: Partial<AgentRequest>): Promise<AgentVerdict> {
  const { stdout, stderr, ...exit } = await runClaude({
    scenario,
    wishes: { maxTurns: 20, allowedTools: [], ...wishes },
  });
  return conclude(claude, stdout.split('\n'), { ...EXIT_0, ...exit, stderrTail: stderr });
}
