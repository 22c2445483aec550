import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentSession, AgentVerdict } from '../../src/agents/agent.ts';
import { agentNames } from '../../src/agents/agent-facts.ts';
import { findAgent } from '../agents/every-agent.ts';
import { recordedAgents, recordedOutputs, type Expected } from './corpus.ts';
import { judge, type Output } from './judge.ts';

const agents = await Promise.all(
  recordedAgents().map(async (agent) => ({
    agent,
    outputs: recordedOutputs(agent),
    expected: await expectedOf(agent),
  })),
);

describe.each(agents)('the recorded endings of $agent', ({ agent, outputs, expected }) => {
  it('are all expected to be something, and nothing else is', () => {
    expect([...outputs.keys()].toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(Object.entries(expected))('%s is what it is', (name, { resumes, ...verdict }) => {
    const session = resumes === undefined ? null : sessionOf(verdictOf(resumes));
    expect(verdictOf(name, session)).toMatchObject(verdict);
  });

  function verdictOf(name: string, resumed: AgentSession | null = null): AgentVerdict {
    const output = outputs.get(name);
    if (!output) {
      throw new Error(`${agent} has no recording ${name}`);
    }
    return judge(findAgent(agent), { ...output, resumed } satisfies Output).verdict;
  }
});

async function expectedOf(agent: string): Promise<Readonly<Record<string, Expected>>> {
  const module: { expected: Readonly<Record<string, Expected>> } = await import(
    join(import.meta.dirname, agent, 'expected.ts')
  );
  return module.expected;
}

function sessionOf({ sessionId, sessionSpent }: AgentVerdict): AgentSession {
  if (sessionId === null) {
    throw new Error('It has no session to go on with.');
  }
  return { id: sessionId, spent: sessionSpent };
}

it('holds at least 120 endings, and some of each agent', () => {
  const recorded = agents.map(({ agent, outputs }) => [agent, outputs.size] as const);
  const total = recorded.reduce((sum, [, count]) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(120);
  expect(recorded.map(([agent]) => agent).toSorted()).toEqual(agentNames.toSorted());
  expect(Math.min(...recorded.map(([, count]) => count))).toBeGreaterThanOrEqual(12);
});
