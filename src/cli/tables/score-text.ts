/** A score for a table; null: it has none. */
export function scoreText(score: number | null): string {
  if (score === null) {
    return '–';
  }
  return Number.isInteger(score) ? String(score) : score.toFixed(2);
}
