import type { Spent, Tokens } from './tokens.ts';

/** USD per million tokens. */
export interface Price {
  readonly in: number;
  readonly out: number;
  /** Read from the cache. */
  readonly cached: number;
}

/** By model, by agent, or `*`: the first that is there, in this order. */
export type PriceTable = Readonly<Record<string, Price>>;

export function priceFor(
  table: PriceTable,
  { model, agent }: { model: string | null; agent: string },
): Price | null {
  return (model === null ? undefined : table[model]) ?? table[agent] ?? table['*'] ?? null;
}

/** USD, to a millionth. */
export function estimateCost(price: Price, tokens: Tokens): number {
  const micros = tokens.in * price.in + tokens.out * price.out + tokens.cached * price.cached;
  return Math.round(micros) / 1e6;
}

/** The cost that was told, else what a price makes of the tokens; null: neither is known. */
export function costOf(spent: Spent, price: Price | null): number | null {
  const { costUsd, tokens } = spent;
  return costUsd ?? (price && tokens ? estimateCost(price, tokens) : null);
}

/** `$1.23`; small amounts keep what tells them apart. */
export function usdText(usd: number): string {
  return usd > 0 && usd < 0.1 ? `$${usd.toFixed(4)}` : `$${usd.toFixed(2)}`;
}
