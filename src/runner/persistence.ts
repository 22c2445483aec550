import { setImmediate } from 'node:timers/promises';
import type { ActorRefFrom } from 'xstate';
import type { loopMachine } from '../../machines/loop.machine.ts';
import type { RecordedEvent } from '../domain/event.ts';
import type { SnapshotEnvelope, SnapshotStore } from '../ports/snapshot-store.ts';
import { dottedState } from './dotted-state.ts';
import type { JournalKeeper } from './journal/journal-keeper.ts';
import type { Recorder } from './recorder.ts';
import type { TamperGuard } from './tamper-guard.ts';

export type LoopActor = ActorRefFrom<typeof loopMachine>;

export interface PersistenceFacts {
  readonly store: SnapshotStore;
  readonly recorder: Recorder;
  readonly journal: Pick<JournalKeeper, 'keep'>;
  readonly guard: Pick<TamperGuard, 'mend' | 'tell'>;
  readonly redactValue: <T>(value: T) => T;
  readonly envelope: Omit<SnapshotEnvelope, 'savedAt' | 'snapshot' | 'seq' | 'outbox'>;
  /** Called once, with the error; nothing may be started any more. */
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps journal, snapshot and events in step. After each step of the machine: what it was told into the journal, the
 * snapshot together with the events it has just emitted (the outbox), then those events into the log. A crash between
 * the last two loses nothing: the next runner appends from the outbox what the log lacks. A step that is in the journal
 * alone has not been taken. Actors wait for `persisted()` before they do anything.
 */
export class Persistence {
  readonly #facts: PersistenceFacts;
  #emitted: RecordedEvent[] = [];
  #lastBody = '';
  #broken = false;

  constructor(facts: PersistenceFacts) {
    this.#facts = facts;
  }

  /** To be called before the actor is started. */
  attach(actor: LoopActor): void {
    actor.on('*', (draft) => {
      const event = this.#facts.recorder.stampOnce(draft);
      if (event) {
        this.#emitted.push(event);
      }
    });
    actor.subscribe({
      next: () => this.#keep(actor),
      error: (error) => this.#fail(error),
    });
  }

  /**
   * What an actor awaits before its first effect: its snapshot is written in the same turn that created it. A turn of
   * the event loop passes, so that signals and the control socket are heard however quick the actors are.
   */
  async persisted(): Promise<void> {
    await setImmediate();
    if (this.#broken) {
      await new Promise(() => {});
    }
  }

  /** From here on nothing is saved: what the actor does while it is taken down is no state of the loop. */
  close(): void {
    this.#broken = true;
  }

  #keep(actor: LoopActor): void {
    if (this.#broken) {
      return;
    }
    try {
      this.#save(actor.getPersistedSnapshot(), dottedState(actor.getSnapshot().value));
    } catch (error) {
      this.#fail(error);
    }
  }

  #save(persisted: unknown, state: string): void {
    const snapshot = this.#facts.redactValue(persisted);
    const body = JSON.stringify(snapshot);
    this.#facts.journal.keep({ body, state });
    const outbox = this.#emitted;
    this.#emitted = [];
    if (body === this.#lastBody && outbox.length === 0) {
      return;
    }
    // Before the former generation is made of what lies there.
    this.#facts.guard.mend();
    this.#lastBody = body;
    this.#facts.store.save({
      ...this.#facts.envelope,
      savedAt: new Date().toISOString(),
      snapshot,
      seq: this.#facts.recorder.seq,
      outbox,
    });
    this.#facts.recorder.write(outbox);
    this.#facts.guard.tell();
  }

  #fail(error: unknown): void {
    if (!this.#broken) {
      this.#broken = true;
      this.#facts.failed(error);
    }
  }
}
