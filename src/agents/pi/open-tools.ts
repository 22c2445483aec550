import { textOf, type JsonObject } from '../json-line.ts';

/** Tool calls begun and not ended. */
export class OpenTools {
  readonly #ids = new Set<string>();

  get count(): number {
    return this.#ids.size;
  }

  see(line: JsonObject): void {
    const id = textOf(line.toolCallId);
    if (line.type === 'tool_execution_start' && id !== null) {
      this.#ids.add(id);
    } else if (line.type === 'tool_execution_end' && id !== null) {
      this.#ids.delete(id);
    } else if (BOUNDARIES.has(line.type)) {
      this.#ids.clear();
    }
  }
}

// A turn holds its tools: one that is open beyond it ended in a line too long to read.
const BOUNDARIES = new Set<unknown>(['turn_start', 'turn_end', 'agent_start', 'agent_end']);
