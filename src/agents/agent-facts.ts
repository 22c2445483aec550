import { AutoloopError, EXIT } from '../domain/error.ts';

/** What is known of an agent without loading its adapter: a runner loads those alone that it needs. */
export interface AgentFacts {
  /** Looked up on PATH where `--agent-command` names none; null: the command must be given. */
  readonly program: string | null;
  /** Default of `--idle-timeout`; 0: off. */
  readonly idleTimeoutSeconds: number;
}

const FACTS: ReadonlyMap<string, AgentFacts> = new Map([
  ['claude', { program: 'claude', idleTimeoutSeconds: 600 }],
  ['codex', { program: 'codex', idleTimeoutSeconds: 600 }],
  ['gemini', { program: 'gemini', idleTimeoutSeconds: 600 }],
  ['opencode', { program: 'opencode', idleTimeoutSeconds: 600 }],
  ['pi', { program: 'pi', idleTimeoutSeconds: 600 }],
  ['command', { program: null, idleTimeoutSeconds: 0 }],
]);

/** What `--agent` may name. */
export const agentNames: readonly string[] = [...FACTS.keys()];

/** Throws AutoloopError 150 where there is no agent of that name. */
export function agentFacts(name: string): AgentFacts {
  const facts = FACTS.get(name);
  if (!facts) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `There is no agent "${name}". Allowed are: ${agentNames.join(', ')}.`,
      fix: 'Choose one: --agent claude. Any other program: --agent command --agent-command "PROGRAM ARGUMENTS"',
    });
  }
  return facts;
}
