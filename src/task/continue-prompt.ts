/** What an agent is told that goes on with its session: it knows its task already. */
export function continuePrompt(notes: readonly string[]): string {
  return [CONTINUE, ...notes.map((note) => `Note from the operator: ${note.trim()}`)].join('\n\n');
}

const CONTINUE = `Your last run broke off before you were done. Go on with the same task where you left off: first look at
what is already there, do not begin again, and do nothing twice. End as you were asked to before, with the report.`;
