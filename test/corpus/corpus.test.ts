import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentVerdict } from '../../src/agents/agent.ts';
import { findAgent } from '../../src/agents/find-agent.ts';
import { exitOf, recordedAgents, recordedEndings, recordedLines, type Expected } from './corpus.ts';

const agents = await Promise.all(
  recordedAgents().map(async (agent) => ({
    agent,
    endings: recordedEndings(agent),
    expected: await expectedOf(agent),
  })),
);

describe.each(agents)('the recorded endings of $agent', ({ agent, endings, expected }) => {
  it('are all expected to be something, and nothing else is', () => {
    expect(endings.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it.each(endings)('$name is what it is', (ending) => {
    expect(verdictOf(agent, ending.name)).toMatchObject(expected[ending.name] ?? {});
  });
});

async function expectedOf(agent: string): Promise<Readonly<Record<string, Expected>>> {
  const module: { expected: Readonly<Record<string, Expected>> } = await import(
    join(import.meta.dirname, agent, 'expected.ts')
  );
  return module.expected;
}

function verdictOf(agent: string, name: string): AgentVerdict {
  const reader = findAgent(agent).createReader();
  recordedLines(agent, name).forEach((line) => reader.read(line));
  const ending = recordedEndings(agent).find((candidate) => candidate.name === name);
  if (!ending) {
    throw new Error(`${agent} has no recording ${name}`);
  }
  return reader.conclude(exitOf(agent, ending));
}
