import { addTokens, NOTHING_TOLD, spentSince, type Spent } from '../../domain/tokens.ts';
import type { AgentVerdict } from '../agent.ts';
import { countOf, objectsOf, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { billOf } from './bill.ts';
import { LiveTokens } from './live-tokens.ts';

type Sums = Pick<AgentVerdict, 'costUsd' | 'tokens' | 'sessionSpent' | 'turns' | 'denials'>;

/** What the results of one process add up to. */
export class Tally {
  readonly #before: Spent;
  readonly #denials = new Set<string>();
  readonly #live = new LiveTokens();
  #bill: Spent = NOTHING_TOLD;
  #turns: number | null = null;

  /** `before`: of the session, when this process went on with it. */
  constructor(before: Spent) {
    this.#before = before;
  }

  /** An `assistant` line. */
  listen(line: JsonObject): void {
    this.#live.add(line);
  }

  /** A `result` line. Its bill holds those before it, its turns and denials are its own. */
  add(line: JsonObject): void {
    const { costUsd, tokens } = billOf(line);
    this.#bill = { costUsd: costUsd ?? this.#bill.costUsd, tokens: tokens ?? this.#bill.tokens };
    this.#live.clear();
    const turns = countOf(line.num_turns);
    this.#turns = turns === null ? this.#turns : (this.#turns ?? 0) + turns;
    for (const denial of objectsOf(line.permission_denials)) {
      this.#denials.add(plainLine(textOf(denial.tool_name) ?? '', 80) || 'a tool');
    }
  }

  /** Before the first result and after the last one, what the messages say. */
  get spent(): Spent {
    const { costUsd, tokens } = spentSince(this.#before, this.#bill);
    return { costUsd, tokens: addTokens(tokens, this.#live.sum) };
  }

  get sums(): Sums {
    return {
      ...this.spent,
      sessionSpent: this.#bill,
      turns: this.#turns,
      denials: [...this.#denials],
    };
  }
}
