import { agentNames } from '../../src/agents/agent-facts.ts';
import type { Agent } from '../../src/agents/agent.ts';
import { loadAgent } from '../../src/agents/load-agent.ts';

const adapters = await Promise.all(agentNames.map((name) => loadAgent(name)));

/** All adapters at hand; throws for a name that is none of theirs. */
export function findAgent(name: string): Agent {
  const agent = adapters.find((candidate) => candidate.name === name);
  if (!agent) {
    throw new Error(`There is no adapter ${name}.`);
  }
  return agent;
}
