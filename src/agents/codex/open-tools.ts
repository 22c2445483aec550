import { textOf, type JsonObject } from '../json-line.ts';
import type { Item } from './item.ts';

/**
 * Items begun and not ended. A command that was left running counts until it ends: the model may wait for it by
 * polling, of which nothing is printed.
 */
export class OpenTools {
  readonly #ids = new Set<string>();

  get count(): number {
    return this.#ids.size;
  }

  begin({ id, type, fields }: Item): void {
    // A list of things to do stays open for the whole turn.
    if (type !== 'todo_list' && isInProgress(fields)) {
      this.#ids.add(id);
    }
  }

  end({ id }: Item): void {
    this.#ids.delete(id);
  }

  clear(): void {
    this.#ids.clear();
  }
}

function isInProgress({ status }: JsonObject): boolean {
  return textOf(status) === 'in_progress';
}
