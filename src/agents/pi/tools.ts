import type { AgentRequest } from '../agent.ts';

/** Which of its tools pi may use: it asks for no permission, so what it must not do it must not have. null: its own choice. */
export function piTools({ permissionMode, allowedTools }: AgentRequest): readonly string[] | null {
  if (permissionMode === 'plan') {
    return READ_ONLY;
  }
  return allowedTools.length === 0 ? null : [...new Set(allowedTools.flatMap(ownName))];
}

const READ_ONLY = ['read', 'grep', 'find', 'ls'];

/**
 * Tools of its extensions are passed on by their own names. A rule that restricts a tool (`Bash(git *)`) is left out:
 * pi cannot keep it, and the whole tool is more than was allowed.
 */
function ownName(tool: string): readonly string[] {
  return tool.includes('(') ? [] : [OWN_NAMES[tool] ?? tool];
}

const OWN_NAMES: Readonly<Record<string, string>> = {
  Read: 'read',
  Write: 'write',
  Edit: 'edit',
  Bash: 'bash',
  LS: 'ls',
  Glob: 'find',
  Grep: 'grep',
};
