/** What a tool of Claude Code, or a rule for one such as `Bash(git *)`, is with Gemini CLI; null: no rule of it says so little. Its own names and rules are left as they are. */
export function geminiTool(tool: string): string | null {
  const [, name = tool, rule] = /^(\w+)\((.*)\)$/.exec(tool) ?? [];
  const own = NAMES.get(name);
  if (own === undefined) {
    return tool.replace(/^mcp__(.+?)__(.+)$/, 'mcp_$1_$2');
  }
  return rule === undefined ? own : narrowed(name, rule);
}

// It takes what is in parentheses for the beginning of a command, and knows no rules for other tools.
function narrowed(name: string, rule: string): string | null {
  if (name !== 'Bash') {
    return null;
  }
  const prefix = rule.replace(/[:\s]*\*$/, '');
  return prefix === '' ? 'run_shell_command' : `run_shell_command(${prefix})`;
}

const NAMES = new Map([
  ['Read', 'read_file'],
  ['Write', 'write_file'],
  ['Edit', 'replace'],
  ['MultiEdit', 'replace'],
  ['Bash', 'run_shell_command'],
  ['LS', 'list_directory'],
  ['Glob', 'glob'],
  ['Grep', 'grep_search'],
  ['WebFetch', 'web_fetch'],
  ['WebSearch', 'google_web_search'],
  ['TodoWrite', 'write_todos'],
  ['Skill', 'activate_skill'],
  ['Task', 'invoke_agent'],
]);
