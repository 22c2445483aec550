import { expect, it } from 'vitest';
import { agentNames, findAgent } from '../../src/agents/find-agent.ts';
import {
  agentNames as agentsOfTheSetting,
  permissionModes as modesOfTheSetting,
} from '../../src/config/agent-names.ts';
import { AutoloopError, describeError } from '../../src/domain/error.ts';

it('knows the agents that are built', () => {
  expect(agentNames).toEqual(['claude', 'codex', 'gemini', 'pi', 'command']);
  expect(agentsOfTheSetting).toEqual(agentNames);
  expect(agentNames.map((name) => findAgent(name).name)).toEqual(agentNames);
});

it.each(['opencode'])('says of %s that it is not supported yet', (name) => {
  expect(refusal(name)).toMatchObject({
    code: 150,
    message: `Agent "${name}" is not supported yet. Allowed are: claude, codex, gemini, pi, command.`,
  });
});

it.each(['', 'Claude', 'toString', '__proto__', 'claude '])(
  'refuses the unknown name %j and tells the allowed ones',
  (name) => {
    expect(refusal(name)).toMatchObject({
      code: 150,
      message: `There is no agent "${name}". Allowed are: claude, codex, gemini, pi, command.`,
      fix: expect.stringContaining('--agent claude'),
    });
  },
);

function refusal(name: string): ReturnType<typeof describeError> {
  try {
    findAgent(name);
  } catch (error) {
    expect(error).toBeInstanceOf(AutoloopError);
    return describeError(error);
  }
  throw new Error(`${name} was found`);
}

it('takes as a permission mode what any of them takes, and nothing else', () => {
  const modes = agentNames.flatMap((name) => findAgent(name).permissionModes ?? []);
  expect(new Set(modes)).toEqual(new Set(modesOfTheSetting));
});
