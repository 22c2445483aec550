import { textOf, type JsonObject } from '../json-line.ts';

/** Tool calls begun and not ended, by id. */
export class OpenTools {
  readonly #names = new Map<string, string>();

  get count(): number {
    return this.#names.size;
  }

  /** A `tool_use` line. */
  begin(line: JsonObject): void {
    const id = textOf(line.tool_id);
    if (id !== null) {
      this.#names.set(id, textOf(line.tool_name) ?? '');
    }
  }

  /** A `tool_result` line; the name of the tool that it is of. */
  end(line: JsonObject): string {
    const id = textOf(line.tool_id) ?? '';
    const name = this.#names.get(id) ?? '';
    this.#names.delete(id);
    return name;
  }

  clear(): void {
    this.#names.clear();
  }
}
