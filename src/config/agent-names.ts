/** What `--agent` may be: the adapters of src/agents. */
export const agentNames = ['claude', 'codex', 'gemini', 'pi', 'command'];
