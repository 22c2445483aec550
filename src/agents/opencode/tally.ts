import { addCost, addTokens, NOTHING_TOLD, type Spent, type Tokens } from '../../domain/tokens.ts';
import type { AgentVerdict } from '../agent.ts';
import { countOf, objectOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';

type Sums = Pick<AgentVerdict, 'costUsd' | 'tokens' | 'sessionSpent' | 'turns' | 'denials'>;

/** What the steps of one process add up to. Each counts alone, also in a session that is resumed. */
export class Tally {
  readonly #denials = new Set<string>();
  #costUsd: number | null = null;
  #tokens: Tokens | null = null;
  #steps = 0;

  /** The part of a `step_finish` line. */
  add(part: JsonObject): void {
    this.#steps += 1;
    this.#costUsd = addCost(this.#costUsd, countOf(part.cost));
    this.#tokens = addTokens(this.#tokens, tokensOf(part));
  }

  deny(tool: string | null): void {
    if (tool !== null) {
      this.#denials.add(plainLine(tool, 80) || 'a tool');
    }
  }

  get spent(): Spent {
    return { costUsd: this.#isPriced ? this.#costUsd : null, tokens: this.#tokens };
  }

  get sums(): Sums {
    return {
      ...this.spent,
      sessionSpent: NOTHING_TOLD,
      turns: this.#steps === 0 ? null : this.#steps,
      denials: [...this.#denials],
    };
  }

  // It tells 0 for a model whose prices it does not know, and for one that is paid by a subscription.
  get #isPriced(): boolean {
    const { in: input, out, cached } = this.#tokens ?? { in: 0, out: 0, cached: 0 };
    return this.#costUsd !== 0 || input + out + cached === 0;
  }
}

/** Its input holds nothing of the cache, its output no reasoning. */
function tokensOf(part: JsonObject): Tokens | null {
  const tokens = objectOf(part.tokens);
  const cache = objectOf(tokens.cache);
  const input = countOf(tokens.input);
  const output = countOf(tokens.output);
  if (input === null || output === null) {
    return null;
  }
  return {
    in: input + (countOf(cache.write) ?? 0),
    out: output + (countOf(tokens.reasoning) ?? 0),
    cached: countOf(cache.read) ?? 0,
  };
}
