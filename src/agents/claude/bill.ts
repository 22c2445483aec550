import type { Spent, Tokens } from '../../domain/tokens.ts';
import { countOf, objectOf, objectsOf, type JsonObject } from '../json-line.ts';

/**
 * What a session has cost up to one of its result lines. `total_cost_usd` and `modelUsage` count from its first attempt
 * on, subagents included; `usage` only since the result before.
 */
export function billOf(result: JsonObject): Spent {
  return {
    costUsd: countOf(result.total_cost_usd),
    tokens: modelTokens(result) ?? ownTokens(result),
  };
}

function modelTokens({ modelUsage }: JsonObject): Tokens | null {
  const models = objectsOf(Object.values(objectOf(modelUsage))).filter(isModel);
  if (models.length === 0) {
    return null;
  }
  const sum = (field: string): number =>
    models.reduce((total, model) => total + (countOf(model[field]) ?? 0), 0);
  return {
    in: sum('inputTokens') + sum('cacheCreationInputTokens'),
    out: sum('outputTokens'),
    cached: sum('cacheReadInputTokens'),
  };
}

// Whatever else may stand among them one day.
function isModel({ inputTokens, outputTokens }: JsonObject): boolean {
  return countOf(inputTokens) !== null && countOf(outputTokens) !== null;
}

/** Of a `result` line, or of the message of an `assistant` line. */
export function ownTokens(said: JsonObject): Tokens | null {
  const usage = objectOf(said.usage);
  const input = countOf(usage.input_tokens);
  const output = countOf(usage.output_tokens);
  if (input === null || output === null) {
    return null;
  }
  return {
    in: input + (countOf(usage.cache_creation_input_tokens) ?? 0),
    out: output,
    cached: countOf(usage.cache_read_input_tokens) ?? 0,
  };
}
