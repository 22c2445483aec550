/** Characters of text that a hook may return in all. */
const MOST_CHARACTERS = 10_000_000;
/** Values, however deep: a list of 100,000 candidates with scores and reasons fits. */
const MOST_VALUES = 1_000_000;

/** What is too much of a returned value; null: nothing. Looks no further than that, and follows no circle. */
export function excessOf(returned: unknown): string | null {
  const left = { characters: MOST_CHARACTERS, values: MOST_VALUES };
  const open: unknown[] = [returned];
  while (open.length > 0) {
    const value = open.pop();
    left.values -= 1;
    left.characters -= typeof value === 'string' ? value.length : 0;
    if (left.characters < 0) {
      return `more than ${MOST_CHARACTERS / 1e6} million characters`;
    }
    const inner = innerOf(value);
    if (inner.length > left.values) {
      return `more than ${MOST_VALUES / 1e6} million values`;
    }
    for (const one of inner) {
      open.push(one);
    }
  }
  return null;
}

function innerOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}
