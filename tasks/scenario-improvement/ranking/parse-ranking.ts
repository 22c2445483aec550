/**
 * The candidates in the order a model has put them, read leniently: a JSON list of names, also within an object or between
 * words. What is no candidate or comes again is left out. Empty: nothing can be made of it. Never throws.
 */
export function parseRanking(answer: string, candidates: readonly string[]): readonly string[] {
  const said = answer.replaceAll(/<think>.*?<\/think>/gs, '').trim();
  const names = listIn(parsed(said) ?? parsed(between(said))).map(nameIn);
  return [...new Set(names)].filter((name) => candidates.includes(name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function between(said: string): string {
  return said.slice(said.indexOf('['), said.lastIndexOf(']') + 1);
}

function listIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  const parts: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
  const list = parts.find((part) => Array.isArray(part));
  return Array.isArray(list) ? list : [];
}

function nameIn(entry: unknown): string {
  const name: unknown =
    typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'name') : entry;
  return typeof name === 'string' ? name.trim() : '';
}
