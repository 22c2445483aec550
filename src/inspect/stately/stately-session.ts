import type { ActorView, MachineEvent } from '../../domain/inspection.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import {
  STATELY_PROTOCOL,
  type StatelyActor,
  type StatelyEvent,
  type StatelyHead,
  type StatelySnapshot,
  type StatelyState,
} from './protocol.ts';

export interface SessionFacts {
  readonly loop: string;
  /** The runner's pid. */
  readonly runner: number | null;
  /** XState's session id of the machine. */
  readonly root: string;
  readonly redactor: Redactor;
}

/** Makes the messages of one runner. Every one is redacted whole, but for the definition, which was before. */
export class StatelySession {
  readonly #facts: SessionFacts;
  #count = 0;

  constructor(facts: SessionFacts) {
    this.#facts = facts;
  }

  /** Unique over all loops and all their runners. */
  id(actor: string): string {
    return `${this.#facts.loop}:${this.#facts.runner}:${actor}`;
  }

  /** `definition` null: it is no machine, or one that is not known. */
  actor(
    { id, parent, ...actor }: ActorView,
    told: { state: StatelyState; definition: string | null; at: number },
  ): StatelyActor {
    const { redactor, loop } = this.#facts;
    const name = redactor.redact(parent === null ? loop : actor.name);
    const message = redactor.redactValue({
      type: '@xstate.actor' as const,
      ...{ name, snapshot: told.state, ...this.#head(id, told.at) },
      parentId: parent === null ? undefined : this.id(parent),
    });
    return { ...message, definition: told.definition ?? JSON.stringify({ id: name }) };
  }

  event(told: {
    readonly source: string | null;
    readonly target: string;
    readonly event: MachineEvent;
    readonly at: number;
  }): StatelyEvent {
    const { source, target, event, at } = told;
    return this.#facts.redactor.redactValue({
      type: '@xstate.event',
      sourceId: source === null ? undefined : this.id(source),
      ...{ event, ...this.#head(target, at) },
    });
  }

  snapshot(told: {
    readonly actor: string;
    readonly state: StatelyState;
    readonly event: MachineEvent;
    readonly at: number;
  }): StatelySnapshot {
    const { actor, state: snapshot, event, at } = told;
    return this.#facts.redactor.redactValue({
      type: '@xstate.snapshot',
      ...{ snapshot, event, ...this.#head(actor, at) },
    });
  }

  #head(actor: string, at: number): StatelyHead {
    this.#count += 1;
    return {
      sessionId: this.id(actor),
      rootId: this.id(this.#facts.root),
      createdAt: String(at),
      id: `${this.id(actor)}#${this.#count}`,
      _version: STATELY_PROTOCOL,
    };
  }
}
