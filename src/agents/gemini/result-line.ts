import type { Tokens } from '../../domain/tokens.ts';
import { countOf, objectOf, textOf, type JsonObject } from '../json-line.ts';

/** What a `result` line says about the ending; null: not told. */
export interface ResultLine {
  /** `success` or `error`. */
  readonly status: string | null;
  /** Class of the error, where the CLI has one: null for whatever the service said. */
  readonly errorType: string | null;
  /** The CLI's own words about the error. */
  readonly words: string;
  readonly tokens: Tokens | null;
  /** That most tokens went to: side questions go to smaller ones. */
  readonly model: string | null;
}

export function readResult(line: JsonObject): ResultLine {
  const error = objectOf(line.error);
  const stats = objectOf(line.stats);
  const errorType = textOf(error.type);
  return {
    status: textOf(line.status),
    errorType: errorType === 'unknown' ? null : errorType,
    words: textOf(error.message) ?? '',
    tokens: tokensOf(stats),
    model: busiestModel(objectOf(stats.models)),
  };
}

// `input_tokens` holds what was cached, `output_tokens` not what was thought: that is in the total alone.
function tokensOf(stats: JsonObject): Tokens | null {
  const prompt = countOf(stats.input_tokens);
  const answer = countOf(stats.output_tokens);
  if (prompt === null || answer === null) {
    return null;
  }
  const cached = Math.min(countOf(stats.cached) ?? 0, prompt);
  const out = Math.max(answer, (countOf(stats.total_tokens) ?? 0) - prompt);
  return { in: prompt - cached, out, cached };
}

function busiestModel(models: JsonObject): string | null {
  const used = Object.entries(models)
    .map(([name, spent]) => ({ name, tokens: countOf(objectOf(spent).total_tokens) ?? 0 }))
    .filter(({ tokens }) => tokens > 0);
  return used.toSorted((left, right) => right.tokens - left.tokens)[0]?.name ?? null;
}
