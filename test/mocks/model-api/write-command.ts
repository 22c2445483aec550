/** The shell command by which a model writes a file. */
export function writeCommand(path: string, content: string): string {
  return `printf %s ${quoted(content)} > ${quoted(path)}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
