import type { AgentVerdict } from '../agent.ts';
import { countOf, objectsOf, textOf, type JsonObject } from '../json-line.ts';
import { plainLine } from '../plain-line.ts';
import { billOf, type Bill } from './bill.ts';

/** What the results of one process add up to. */
export class Tally {
  readonly #denials = new Set<string>();
  #bill: Bill = { costUsd: null, tokens: null };
  #turns: number | null = null;

  /** A `result` line. Its bill holds those before it, its turns and denials are its own. */
  add(line: JsonObject): void {
    const { costUsd, tokens } = billOf(line);
    this.#bill = { costUsd: costUsd ?? this.#bill.costUsd, tokens: tokens ?? this.#bill.tokens };
    const turns = countOf(line.num_turns);
    this.#turns = turns === null ? this.#turns : (this.#turns ?? 0) + turns;
    for (const denial of objectsOf(line.permission_denials)) {
      this.#denials.add(plainLine(textOf(denial.tool_name) ?? '', 80) || 'a tool');
    }
  }

  get sums(): Pick<AgentVerdict, 'costUsd' | 'tokens' | 'turns' | 'denials'> {
    return { ...this.#bill, turns: this.#turns, denials: [...this.#denials] };
  }
}
