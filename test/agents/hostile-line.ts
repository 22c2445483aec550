import fc from 'fast-check';

/** Text, JSON, and the agent's own lines with something in them changed or cut off. */
export function hostileLine(samples: readonly string[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    sample,
    fc.tuple(sample, fc.nat(500)).map(([line, length]) => line.slice(0, length)),
    fc
      .tuple(sample, fc.nat(), fc.jsonValue())
      .map(([line, place, value]) => withValueAt(line, { place, value })),
  );
}

function withValueAt(line: string, { place, value }: { place: number; value: unknown }): string {
  if (!line.startsWith('{')) {
    return line;
  }
  const places = countValues(line);
  let at = 0;
  return JSON.stringify(
    JSON.parse(line, (_, old: unknown) => (at++ === place % places ? value : old)),
  );
}

function countValues(line: string): number {
  let count = 0;
  JSON.parse(line, (_, old: unknown) => (count++, old));
  return count;
}
