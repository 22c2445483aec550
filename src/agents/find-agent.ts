import { AutoloopError, EXIT } from '../domain/error.ts';
import type { Agent } from './agent.ts';
import { claude } from './claude/claude.ts';
import { codex } from './codex/codex.ts';
import { command } from './command/command.ts';
import { gemini } from './gemini/gemini.ts';
import { pi } from './pi/pi.ts';

const AGENTS: readonly Agent[] = [claude, codex, gemini, pi, command];

// Names of `--agent` whose adapters are not written yet.
const PLANNED = new Set(['opencode']);

/** What `--agent` may name. */
export const agentNames: readonly string[] = AGENTS.map(({ name }) => name);

/** The adapter of that name; throws AutoloopError 150 where there is none. */
export function findAgent(name: string): Agent {
  const agent = AGENTS.find((candidate) => candidate.name === name);
  if (!agent) {
    throw unknownAgent(name);
  }
  return agent;
}

function unknownAgent(name: string): AutoloopError {
  const trouble = PLANNED.has(name)
    ? `Agent "${name}" is not supported yet.`
    : `There is no agent "${name}".`;
  return new AutoloopError({
    code: EXIT.configuration,
    message: `${trouble} Allowed are: ${agentNames.join(', ')}.`,
    fix: 'Choose one: --agent claude. Any other program: --agent command --agent-command "PROGRAM ARGUMENTS"',
  });
}
