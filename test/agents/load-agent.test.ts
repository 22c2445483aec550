import { expect, it } from 'vitest';
import { agentFacts, agentNames } from '../../src/agents/agent-facts.ts';
import { loadAgent } from '../../src/agents/load-agent.ts';
import {
  agentNames as agentsOfTheSetting,
  permissionModes as modesOfTheSetting,
} from '../../src/config/agent-names.ts';

it('knows the agents that are built', () => {
  expect(agentNames).toEqual(['claude', 'codex', 'gemini', 'opencode', 'pi', 'command']);
  expect(agentsOfTheSetting).toEqual(agentNames);
});

it.each(agentNames)('tells of %s without its adapter what its adapter tells', async (name) => {
  const { program, idleTimeoutSeconds, ...adapter } = await loadAgent(name);
  expect(adapter.name).toBe(name);
  expect(agentFacts(name)).toEqual({ program, idleTimeoutSeconds });
});

it.each(['', 'Claude', 'toString', '__proto__', 'claude '])(
  'refuses the unknown name %j and tells the allowed ones',
  async (name) => {
    const refusal = {
      code: 150,
      message: `There is no agent "${name}". Allowed are: claude, codex, gemini, opencode, pi, command.`,
      fix: expect.stringContaining('--agent claude'),
    };
    await expect(loadAgent(name)).rejects.toMatchObject(refusal);
    expect(() => agentFacts(name)).toThrow(expect.objectContaining(refusal));
  },
);

it('takes as a permission mode what any of them takes, and nothing else', async () => {
  const adapters = await Promise.all(agentNames.map((name) => loadAgent(name)));
  const modes = adapters.flatMap(({ permissionModes }) => permissionModes ?? []);
  expect(new Set(modes)).toEqual(new Set(modesOfTheSetting));
});
