import type { Spent, Tokens } from '../../domain/tokens.ts';
import { countOf, objectOf, type JsonObject } from '../json-line.ts';

/** What the `usage` of a message, a line or a compaction says. A cost of 0 may be that of a model without a price. */
export function billOf(said: JsonObject): Spent {
  const usage = objectOf(said.usage);
  return { costUsd: countOf(objectOf(usage.cost).total), tokens: tokensOf(usage) };
}

function tokensOf(usage: JsonObject): Tokens | null {
  const input = countOf(usage.input);
  const output = countOf(usage.output);
  if (input === null || output === null) {
    return null;
  }
  return {
    in: input + (countOf(usage.cacheWrite) ?? 0),
    out: output,
    cached: countOf(usage.cacheRead) ?? 0,
  };
}
