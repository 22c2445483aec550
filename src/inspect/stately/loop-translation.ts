import type { InspectionBatch } from '../../domain/inspection.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import type { StatelyMessage } from './protocol.ts';
import { RunnerTranslation } from './runner-translation.ts';
import { StatelySession } from './stately-session.ts';

export interface TranslatedLoop {
  readonly name: string;
  /** Of the machine with this hash, as JSON text; null: it is of another version, and not known. */
  readonly definition: (hash: string) => string | null;
  readonly redactor: Redactor;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What a loop tells, over all runners that play it one after the other: each has sessions of its own. */
export class LoopTranslation {
  readonly #loop: TranslatedLoop;
  #pid: number | null = null;
  #runner: RunnerTranslation | null = null;

  constructor(loop: TranslatedLoop) {
    this.#loop = loop;
  }

  /** What is new to who was told everything before. */
  translate(batch: InspectionBatch): StatelyMessage[] {
    const { pid } = batch.status;
    if (this.#runner !== null && pid === this.#pid) {
      return this.#runner.translate(batch);
    }
    const former = this.end();
    this.#pid = pid;
    this.#runner = this.#begin(batch);
    return [...former, ...this.#runner.now()];
  }

  /** The loop as it is, for who was told nothing yet. */
  now(): StatelyMessage[] {
    return this.#runner?.now() ?? [];
  }

  /** Its runner has gone. */
  end(): StatelyMessage[] {
    const messages = this.#runner?.end() ?? [];
    this.#runner = null;
    return messages;
  }

  #begin(first: InspectionBatch): RunnerTranslation {
    const { name: loop, definition, redactor, now } = this.#loop;
    const root = first.actors.find(({ parent }) => parent === null)?.id ?? '';
    const session = new StatelySession({ loop, runner: first.status.pid, root, redactor });
    const facts = { session, definition: definition(first.definitionHash), now };
    return new RunnerTranslation(facts, first);
  }
}
