/** Tokens an agent tells of; `cached` are read from its cache and cost least. */
export interface Tokens {
  readonly in: number;
  readonly out: number;
  readonly cached: number;
}

export function addTokens(left: Tokens | null, right: Tokens | null): Tokens | null {
  if (!left || !right) {
    return left ?? right;
  }
  return {
    in: left.in + right.in,
    out: left.out + right.out,
    cached: left.cached + right.cached,
  };
}

/** null is unknown: unknown plus known is what is known. */
export function addCost(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : left + right;
}
