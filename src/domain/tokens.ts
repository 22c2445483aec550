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

/** What was paid, as far as it is known; null: not told. */
export interface Spent {
  readonly costUsd: number | null;
  readonly tokens: Tokens | null;
}

export const NOTHING_TOLD: Spent = { costUsd: null, tokens: null };

/** What came on top of what was spent before. Counters that went back began anew: they are told as they are. */
export function spentSince(before: Spent, now: Spent): Spent {
  return {
    costUsd: countSince(before.costUsd, now.costUsd),
    tokens:
      before.tokens && now.tokens && !wentBack(before.tokens, now.tokens)
        ? minus(now.tokens, before.tokens)
        : now.tokens,
  };
}

function countSince(before: number | null, now: number | null): number | null {
  return before === null || now === null || now < before ? now : now - before;
}

function wentBack(before: Tokens, now: Tokens): boolean {
  return now.in < before.in || now.out < before.out || now.cached < before.cached;
}

function minus(left: Tokens, right: Tokens): Tokens {
  return {
    in: left.in - right.in,
    out: left.out - right.out,
    cached: left.cached - right.cached,
  };
}
