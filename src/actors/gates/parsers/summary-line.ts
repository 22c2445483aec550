/** The first group of the last match. */
export function lastMatch(output: string, pattern: RegExp): string | null {
  let last: string | null = null;
  for (const match of output.matchAll(pattern)) {
    last = match[1] ?? null;
  }
  return last;
}

/** Reads `3 failed` out of a line of such counts; 0 where it says nothing of the kind. `kind` is a pattern. */
export function countsIn(line: string): (kind: string) => number {
  return (kind) => Number(new RegExp(`\\b(\\d+) ${kind}\\b`).exec(line)?.[1] ?? 0);
}
