/**
 * An exponentially weighted average: each new value has the weight 0.1, so that half of it is made of the last seven.
 * null: nothing has been measured.
 */
export function weighed(before: number | null, value: number | null): number | null {
  if (value === null) {
    return before;
  }
  return before === null ? value : before + WEIGHT * (value - before);
}

const WEIGHT = 0.1;
