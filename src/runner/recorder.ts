import type { EventDraft, RecordedEvent } from '../domain/event.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventLog } from '../ports/event-log.ts';

export interface RecorderFacts {
  readonly task: string;
  readonly runId: string;
  /** Number of the last event known to the snapshot or the log, whichever is higher. */
  readonly lastSeq: number;
  readonly clock: Clock;
  readonly eventLog: EventLog;
  readonly redactValue: <T>(value: T) => T;
  /** Events of steps that a lost snapshot had taken and the machine will take again: not to be recorded twice. */
  readonly taken?: readonly RecordedEvent[];
}

export type EventListener = (event: RecordedEvent) => void;

/** Numbers events and writes them down, each once. */
export class Recorder {
  readonly #facts: RecorderFacts;
  readonly #listeners = new Set<EventListener>();
  readonly #taken: Set<string>;
  readonly #due: EventDraft[] = [];
  #seq: number;

  constructor(facts: RecorderFacts) {
    this.#facts = facts;
    this.#seq = facts.lastSeq;
    this.#taken = new Set((facts.taken ?? []).map(occasionOf));
  }

  get seq(): number {
    return this.#seq;
  }

  /** Gives a draft its number and time; it is not on disk yet. null: it was recorded in a former life. */
  stampOnce(draft: EventDraft): RecordedEvent | null {
    const next = this.#numbered(draft, this.#seq + 1);
    if (this.#taken.delete(occasionOf(next))) {
      return null;
    }
    this.#seq += 1;
    return next;
  }

  #numbered(draft: EventDraft, seq: number): RecordedEvent {
    return this.#facts.redactValue({
      timestamp: new Date(this.#facts.clock.now()).toISOString(),
      event: draft.type,
      iteration: draft.iteration,
      task: this.#facts.task,
      duration: draft.duration,
      exit_code: draft.exitCode,
      details: draft.details,
      seq,
      run_id: this.#facts.runId,
    });
  }

  /** Throws AutoloopError when it cannot. */
  write(events: readonly RecordedEvent[]): void {
    this.#facts.eventLog.append(events);
    for (const event of events) {
      for (const listener of this.#listeners) {
        listener(event);
      }
    }
    this.#recordDue();
  }

  /** An event that is brought about by those being written: it comes after them. */
  recordAfter(draft: EventDraft): void {
    this.#due.push(draft);
  }

  #recordDue(): void {
    for (let draft = this.#due.shift(); draft; draft = this.#due.shift()) {
      this.record(draft);
    }
  }

  /** An event of the runner's own, outside of the machine. */
  record(draft: EventDraft): void {
    this.#seq += 1;
    this.write([this.#numbered(draft, this.#seq)]);
  }

  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What an event is about: the same thing can happen only once. */
function occasionOf({ event, iteration, details }: RecordedEvent): string {
  const attempt = 'attempt' in details ? details.attempt : null;
  const gate = 'gate' in details ? details.gate : null;
  const code = 'code' in details ? details.code : null;
  return JSON.stringify([event, iteration, attempt, gate, code]);
}
