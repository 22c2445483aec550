import { createActor, fromCallback, fromPromise } from 'xstate';
import { loopMachine } from '../../../machines/loop.machine.ts';
import { placeholders } from '../../../machines/loop/actors.ts';
import type { JournalEntry, StartKind } from '../../../src/domain/journal.ts';
import type { Journal } from '../../../src/ports/journal.ts';
import { dottedState } from '../../../src/runner/dotted-state.ts';
import { hearingEvents } from '../../../src/runner/journal/hearing-events.ts';
import { JournalKeeper } from '../../../src/runner/journal/journal-keeper.ts';
import { input, policy as anyPolicy, type ModelEvent } from '../../machines/loop-model.ts';

const CALLBACKS = ['runAttempt', 'watchDisk', 'watchWork', 'waitUntil'];
const NEVER = fromPromise<never, never>(() => new Promise(() => {}));
const SILENT = fromCallback(() => {});
const actors = Object.fromEntries(
  Object.keys(placeholders).map((name) => [name, CALLBACKS.includes(name) ? SILENT : NEVER]),
);

/** A journal in memory, which refuses what it is told to refuse. */
class KeptJournal implements Journal {
  readonly entries: JournalEntry[] = [];
  refuses = false;

  get lastStep(): number {
    return this.entries.at(-1)?.n ?? 0;
  }

  begin(...entries: JournalEntry[]): void {
    if (this.refuses) {
      throw new Error('no room');
    }
    this.entries.push(...JSON.parse(JSON.stringify(entries)));
  }

  append(step: JournalEntry): void {
    this.begin(step);
  }
}

/** The real actor with actors that never answer, its journal, and the snapshot as it lies on disk. */
export class JournaledLoop {
  readonly journal = new KeptJournal();
  readonly failures: unknown[] = [];
  disk = '';
  #saves = true;
  #actor = this.#begin('new');

  get context() {
    return this.#actor.getSnapshot().context;
  }

  get state(): string {
    return dottedState(this.#actor.getSnapshot().value);
  }

  send(event: ModelEvent): void {
    this.#actor.send(event as never);
  }

  /** The runner dies, `beforeSaving` the snapshot of its last step or after it; another goes on from the disk. */
  crash(last: ModelEvent, { beforeSaving }: { readonly beforeSaving: boolean }): void {
    this.#saves = !beforeSaving;
    this.send(last);
    this.#saves = true;
    if (JSON.parse(this.disk).status === 'active') {
      this.#actor = this.#begin('resumed');
    }
  }

  #begin(kind: StartKind) {
    let hear: JournalKeeper | null = null;
    const machine = hearingEvents(loopMachine.provide({ actors }), (event) => hear?.hear(event));
    const keeper = (hear = new JournalKeeper({
      ...{ journal: this.journal, kind, now: () => 1, redactValue: (value) => value },
      definition: {
        ...{ run_id: 'run', autoloop: '1', machine: 'loop', version: 1, definitionHash: 'hash' },
      },
      failed: (error) => this.failures.push(error),
    }));
    const actor = createActor(machine, {
      input: { ...input, policy: anyPolicy },
      ...(this.disk !== '' && { snapshot: JSON.parse(this.disk) }),
    });
    actor.subscribe({
      next: () => {
        const body = JSON.stringify(actor.getPersistedSnapshot());
        keeper.keep({ body, state: dottedState(actor.getSnapshot().value) });
        this.disk = this.#saves ? body : this.disk;
      },
      error: () => {},
    });
    return actor.start();
  }
}
