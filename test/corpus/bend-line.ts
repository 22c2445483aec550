/** What is done to the values of a line. */
interface Bend {
  /** In place of a string; `field` is the nearest name above it. */
  readonly text?: (value: string, field: string) => string;
  /** More fields for every object. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The line with what its model or its tools said replaced; a line of plain text is all of it. */
export function saying(line: string, words: string): string {
  return bend(line, {
    text: (value, field) => (SPOKEN_FIELDS.has(field) ? words : value),
  });
}

/** The line as a later version of its agent may print it. */
export function withNewFields(line: string): string {
  return bend(line, {
    fields: {
      newText: 'an error has occurred: 429',
      newFlag: true,
      newCount: 7,
      newThing: { status: 'failed', is_error: true, list: [{ type: 'error' }] },
    },
  });
}

// Where the agents put words of models and tools, by the name of the field.
const SPOKEN_FIELDS = new Set([
  'text',
  'content',
  'thinking',
  'delta',
  'response',
  'result',
  'output',
  'aggregated_output',
  'stdout',
  'stderr',
  'tool_use_result',
]);

function bend(line: string, how: Bend): string {
  if (!line.startsWith('{')) {
    return how.text?.(line, 'text') ?? line;
  }
  return JSON.stringify(bentValue(JSON.parse(line), { field: '', how }));
}

function bentValue(value: unknown, place: { field: string; how: Bend }): unknown {
  const { field, how } = place;
  if (typeof value === 'string') {
    return how.text?.(value, field) ?? value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => bentValue(item, place));
  }
  return typeof value === 'object' && value !== null ? bentObject(value, how) : value;
}

function bentObject(value: object, how: Bend): object {
  const fields = Object.entries(value).map(([field, inner]) => [
    field,
    bentValue(inner, { field, how }),
  ]);
  return { ...Object.fromEntries(fields), ...how.fields };
}
