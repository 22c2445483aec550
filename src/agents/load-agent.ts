import type { Agent } from './agent.ts';
import { ownFile } from '../domain/own-file.ts';
import { agentFacts } from './agent-facts.ts';

/** The adapter of that name; throws AutoloopError 150 where there is none, 155 where its file is missing. */
export async function loadAgent(name: string): Promise<Agent> {
  agentFacts(name);
  const load = ADAPTERS[name];
  if (!load) {
    throw new Error(`The agent ${name} has no adapter.`);
  }
  return ownFile(load);
}

const ADAPTERS: Readonly<Record<string, () => Promise<Agent>>> = {
  claude: async () => (await import('./claude/claude.ts')).claude,
  codex: async () => (await import('./codex/codex.ts')).codex,
  gemini: async () => (await import('./gemini/gemini.ts')).gemini,
  opencode: async () => (await import('./opencode/opencode.ts')).opencode,
  pi: async () => (await import('./pi/pi.ts')).pi,
  command: async () => (await import('./command/command.ts')).command,
};
