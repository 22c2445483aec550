import { addTokens, type Tokens } from '../../domain/tokens.ts';
import { objectOf, textOf, type JsonObject } from '../json-line.ts';
import { ownTokens } from './bill.ts';

/** What the messages since the last result have used. A message comes in several lines, each with the usage of the whole. */
export class LiveTokens {
  /** The last message of each thread: the agent's own, and its subagents'. */
  readonly #open = new Map<string, { readonly id: string; readonly tokens: Tokens }>();
  #closed: Tokens | null = null;

  /** An `assistant` line. */
  add(line: JsonObject): void {
    const message = objectOf(line.message);
    const tokens = ownTokens(message);
    if (tokens === null) {
      return;
    }
    const thread = textOf(line.parent_tool_use_id) ?? '';
    const id = textOf(message.id) ?? '';
    const former = this.#open.get(thread);
    if (former && former.id !== id) {
      this.#closed = addTokens(this.#closed, former.tokens);
    }
    this.#open.set(thread, { id, tokens });
  }

  clear(): void {
    this.#open.clear();
    this.#closed = null;
  }

  get sum(): Tokens | null {
    return [...this.#open.values()].reduce<Tokens | null>(
      (sum, { tokens }) => addTokens(sum, tokens),
      this.#closed,
    );
  }
}
