/** `P0: …`, `**P1** …`, `… (P2)`, `[P0] …`: as an item says it of itself; null: it does not. */
export function priorityInText(text: string): number | null {
  const found = AT_THE_START.exec(text) ?? IN_BRACKETS.exec(text);
  return found === null ? null : Number(found[1]);
}

/** `Must have (P0)`, `P1 requirements`, `Nice to have`: as a heading says it of what stands below it. */
export function priorityInHeading(text: string): number | null {
  const named = ANYWHERE.exec(text);
  if (named !== null) {
    return Number(named[1]);
  }
  const worded = WORDS.findIndex((words) => words.test(text));
  return worded === -1 ? null : worded;
}

const AT_THE_START = /^[*_`~[({\s|]*P(\d)(?![\p{L}\p{N}])/iu;
const IN_BRACKETS = /[([]\W{0,4}P(\d)\W{0,4}[)\]]/i;
const ANYWHERE = /(?<![\p{L}\p{N}])P(\d)(?![\p{L}\p{N}])/iu;

const WORDS = [
  /\bmust[ -]haves?\b/i,
  /\bshould[ -]haves?\b/i,
  /\b(?:nice[ -]to[ -]|could[ -])haves?\b/i,
];
