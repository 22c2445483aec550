import type { MachineEvent } from '../../domain/inspection.ts';
import type { JournalStart, StartKind } from '../../domain/journal.ts';
import type { Journal } from '../../ports/journal.ts';
import { keptEvent } from './kept-event.ts';
import { snapshotHash } from './snapshot-hash.ts';

export interface KeeperFacts {
  readonly journal: Journal;
  /** How this runner begins. */
  readonly kind: StartKind;
  readonly definition: Pick<
    JournalStart,
    'run_id' | 'autoloop' | 'machine' | 'version' | 'definitionHash'
  >;
  /** Epoch ms. */
  readonly now: () => number;
  readonly redactValue: <T>(value: T) => T;
  /** A step could not be kept. The loop goes on without. */
  readonly failed: (error: unknown) => void;
}

/** What the machine has come to: its snapshot's JSON as it is kept, and its dotted state. */
export interface Come {
  readonly body: string;
  readonly state: string;
}

/** Keeps each event that the machine takes, with what it led to, before the snapshot is saved. */
export class JournalKeeper {
  readonly #facts: KeeperFacts;
  #event: MachineEvent | null = null;
  #step: number;
  /** What the last step led to; null: none was kept yet. */
  #body: string | null = null;
  /** A step is missing. */
  #hasGap = false;

  constructor(facts: KeeperFacts) {
    this.#facts = facts;
    this.#step = facts.journal.lastStep;
  }

  /** The machine is about to take it. */
  hear(event: MachineEvent): void {
    this.#event = event;
  }

  /** What came of the last event heard; at first where the machine begins. */
  keep(come: Come): void {
    try {
      this.#keep(come);
    } catch (error) {
      this.#hasGap = true;
      this.#facts.failed(error);
    }
    this.#body = come.body;
    this.#event = null;
  }

  #keep({ body, state }: Come): void {
    const { journal, kind, now, redactValue } = this.#facts;
    if (this.#body === null) {
      journal.begin(this.#start(kind, body));
      return;
    }
    if (this.#event === null) {
      return;
    }
    const before = this.#body;
    const n = this.#step;
    this.#step += 1;
    if (this.#hasGap) {
      journal.begin(this.#start('gap', before, n));
      this.#hasGap = false;
    }
    const event = redactValue(keptEvent(this.#event));
    journal.append({ n: this.#step, at: now(), event, state, hash: snapshotHash(body) }, () =>
      this.#start('continued', before, n),
    );
  }

  #start(start: StartKind, body: string, n = this.#step): JournalStart {
    const { definition, now } = this.#facts;
    return { start, n, at: now(), ...definition, snapshot: JSON.parse(body) };
  }
}
