import { NOTHING_TOLD, type Spent } from '../../domain/tokens.ts';
import { countOf, objectOf, type JsonObject } from '../json-line.ts';

/** What a session has used up to the end of one of its turns, all processes before included. No cost is told. */
export function billOf({ usage }: JsonObject): Spent {
  const { input_tokens, cached_input_tokens, output_tokens } = objectOf(usage);
  const input = countOf(input_tokens);
  const output = countOf(output_tokens);
  if (input === null || output === null) {
    return NOTHING_TOLD;
  }
  // What came from the cache is part of the input.
  const cached = Math.min(countOf(cached_input_tokens) ?? 0, input);
  return { costUsd: null, tokens: { in: input - cached, out: output, cached } };
}
