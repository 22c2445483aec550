import type { ServerResponse } from 'node:http';
import { createHold, type HeldReply, type Hold } from './held-reply.ts';
import type { Script } from './script.ts';

/** Finds the reply to each turn: by the script of its scenario, or as a hold of the test says. */
export class Stage<Turn extends { readonly scenario: string }, Reply> {
  readonly turns: Turn[] = [];
  readonly #scripts: Map<string, Script<Turn, Reply>>;
  readonly #holds = new Map<string, Hold<Turn, Reply>[]>();
  readonly #mistake: (message: string) => Reply;

  /** `mistake` has a status that agents do not retry, so that its message is soon in the test's output. */
  constructor(play: {
    readonly scripts?: Readonly<Record<string, Script<Turn, Reply>>>;
    readonly mistake: (message: string) => Reply;
  }) {
    this.#scripts = new Map(Object.entries(play.scripts ?? {}));
    this.#mistake = play.mistake;
  }

  script(scenario: string, script: Script<Turn, Reply>): void {
    this.#scripts.set(scenario, script);
  }

  hold(scenario: string): HeldReply<Turn, Reply> {
    const hold = createHold<Turn, Reply>();
    this.#holds.set(scenario, [...(this.#holds.get(scenario) ?? []), hold]);
    return hold.held;
  }

  async replyTo(turn: Turn, response: ServerResponse): Promise<Reply> {
    this.turns.push(turn);
    const hold = this.#holds.get(turn.scenario)?.shift();
    if (hold) {
      response.once('close', hold.close);
    }
    return (await hold?.arrive(turn)) ?? this.#scriptedReply(turn);
  }

  async #scriptedReply(turn: Turn): Promise<Reply> {
    const script = this.#scripts.get(turn.scenario);
    if (!script) {
      return this.#mistake(
        `No script for the scenario "${turn.scenario}". Write one: api.script('${turn.scenario}', …).`,
      );
    }
    try {
      return await script(turn);
    } catch (error) {
      return this.#mistake(`The script of "${turn.scenario}" threw: ${String(error)}`);
    }
  }
}
