/** First words that stand for a task: `autoloop resource start` is `autoloop --task resource-improvement start`. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  resource: 'resource-improvement',
  scenario: 'scenario-improvement',
};

/** The arguments with such a word written out. `takesValue` are the options whose value is the word after them. */
export function writtenOut(argv: readonly string[], takesValue: readonly string[]): string[] {
  let at = 0;
  while (argv[at]?.startsWith('-')) {
    at += takesValue.includes(argv[at] ?? '') ? 2 : 1;
  }
  const word = argv[at] ?? '';
  const task = Object.hasOwn(SHORTHANDS, word) ? SHORTHANDS[word] : undefined;
  return task === undefined ? [...argv] : argv.toSpliced(at, 1, '--task', task);
}
