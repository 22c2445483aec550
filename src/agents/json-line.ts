/** A JSON object as it came from outside: nothing about its fields is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The object a line holds; null for anything else, torn lines included. Never throws. */
export function parseJsonLine(line: string): JsonObject | null {
  if (!line.trimStart().startsWith('{')) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The value, if it is an object; else an empty one, so that its fields read as unknown. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The objects among a list's items; none if it is no list. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The texts among a list's items; none if it is no list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A finite number, 0 or more. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
