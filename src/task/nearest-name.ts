/** The known name a misspelt one probably means: `buildPromt` → `buildPrompt`; null when none is near. */
export function nearestName(written: string, known: readonly string[]): string | null {
  const near = known
    .map((name) => ({ name, distance: editDistance(folded(written), folded(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((left, right) => left.distance - right.distance);
  return near[0]?.name ?? null;
}

/** `task_build_prompt`, the name of a shell hook, folds to `buildprompt`. */
function folded(name: string): string {
  return name
    .replace(/^task_/, '')
    .replaceAll(/[_-]/g, '')
    .toLowerCase();
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const letter of from) {
    let diagonal = row[0] ?? 0;
    const next = [diagonal + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const above = row[column + 1] ?? 0;
      const replaced = diagonal + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, above + 1, (next[column] ?? 0) + 1));
      diagonal = above;
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
