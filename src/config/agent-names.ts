/** Names of `--agent`; which of them are built is for src/agents to say. */
export const agentNames = ['claude', 'codex', 'gemini', 'opencode', 'pi', 'command'];
