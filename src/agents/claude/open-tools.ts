import { objectOf, objectsOf, textOf, type JsonObject } from '../json-line.ts';

/** Tool calls begun and not ended, those of subagents included. */
export class OpenTools {
  readonly #callers = new Map<string, Caller>();

  get count(): number {
    return this.#callers.size;
  }

  /** An `assistant` line: one block of a message of the model. */
  begin(line: JsonObject): void {
    const caller = callerOf(line);
    this.#forgetEarlier(caller);
    for (const block of contentOf(line)) {
      const id = textOf(block.id);
      if (block.type === 'tool_use' && id !== null) {
        this.#callers.set(id, caller);
      }
    }
  }

  /** A `user` line: what tools came to. */
  end(line: JsonObject): void {
    for (const block of contentOf(line)) {
      this.#callers.delete(textOf(block.tool_use_id) ?? '');
    }
  }

  clear(): void {
    this.#callers.clear();
  }

  // The model is asked again only when all results are in: a call left open in a former message was dropped, or its result came in a line too long to read.
  #forgetEarlier(caller: Caller): void {
    for (const [id, { thread, message }] of this.#callers) {
      if (thread === caller.thread && message !== caller.message) {
        this.#callers.delete(id);
      }
    }
  }
}

interface Caller {
  /** The call that started a subagent; '' is the agent itself. */
  readonly thread: string;
  readonly message: string;
}

function callerOf(line: JsonObject): Caller {
  return {
    thread: textOf(line.parent_tool_use_id) ?? '',
    message: textOf(objectOf(line.message).id) ?? '',
  };
}

function contentOf(line: JsonObject): readonly JsonObject[] {
  return objectsOf(objectOf(line.message).content);
}
