type Rule = 'deny' | Readonly<Record<string, 'allow' | 'deny'>>;

/**
 * What the list of allowed tools forbids, as opencode's permissions: its own defaults and the user's rules allow the
 * rest, so nothing here allows what they do not. An empty list forbids nothing.
 */
export function toolRules(allowedTools: readonly string[]): Readonly<Record<string, Rule>> {
  const allowed = allowedTools.map(readTool);
  const rules = RESTRICTED.map((permission): [string, Rule | null] => [
    permission,
    ruleFor(allowed.filter((tool) => tool.permission === permission)),
  ]);
  return allowed.length === 0
    ? {}
    : Object.fromEntries(rules.filter((entry): entry is [string, Rule] => entry[1] !== null));
}

interface AllowedTool {
  readonly permission: string;
  /** `git *` of `Bash(git *)`; null: whatever its input. */
  readonly pattern: string | null;
}

function ruleFor(allowed: readonly AllowedTool[]): Rule | null {
  if (allowed.some(({ pattern }) => pattern === null)) {
    return null;
  }
  const patterns = allowed.flatMap(({ pattern }) => pattern ?? []);
  return patterns.length === 0
    ? 'deny'
    : { '*': 'deny', ...Object.fromEntries(patterns.map((pattern) => [pattern, 'allow'])) };
}

function readTool(tool: string): AllowedTool {
  const [, name = '', pattern] = /^([^(]*)(?:\((.*)\))?$/s.exec(tool.trim()) ?? [];
  const permission = name.trim().toLowerCase();
  return {
    permission: PERMISSIONS[permission] ?? permission,
    // Claude Code's other way to write `git *`.
    pattern: pattern?.replace(/:\*$/, ' *') ?? null,
  };
}

/** One permission is for all tools that change files. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  write: 'edit',
  multiedit: 'edit',
  notebookedit: 'edit',
  patch: 'edit',
  apply_patch: 'edit',
  ls: 'list',
};

// Not its to-do list, skills and subagents: what a subagent does is restricted alike.
const RESTRICTED = ['read', 'edit', 'bash', 'glob', 'grep', 'webfetch', 'websearch'];
