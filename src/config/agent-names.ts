/** What `--agent` may be: the adapters of src/agents. */
export const agentNames = ['claude', 'codex', 'gemini', 'opencode', 'pi', 'command'];

/**
 * What `--permission-mode` may be: Claude Code's words, which every agent translates, and what agents call their own.
 * Which of them an agent takes, its adapter says.
 */
export const permissionModes = [
  ...['default', 'plan', 'acceptEdits', 'dontAsk', 'bypassPermissions', 'auto', 'manual'],
  ...['auto_edit', 'yolo', 'read-only', 'workspace-write', 'danger-full-access'],
];
