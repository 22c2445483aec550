/** Codex reads, writes and searches by its shell and its patch tool: of a list of tools it can be told only whether files may change. */
export function mayChangeFiles(allowedTools: readonly string[]): boolean {
  return allowsAny(allowedTools, ['Bash', 'Edit', 'MultiEdit', 'NotebookEdit', 'Write']);
}

/** … and whether it may search the web. */
export function maySearchWeb(allowedTools: readonly string[]): boolean {
  return allowsAny(allowedTools, ['WebFetch', 'WebSearch']);
}

// No list allows everything; `Bash(git log *)` allows some of what Bash does.
function allowsAny(allowedTools: readonly string[], wanted: readonly string[]): boolean {
  return (
    allowedTools.length === 0 ||
    allowedTools.some((tool) => wanted.includes(tool.replace(/\(.*$/s, '').trim()))
  );
}
