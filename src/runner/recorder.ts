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
}

export type EventListener = (event: RecordedEvent) => void;

/** Numbers events and writes them down, each once. */
export class Recorder {
  readonly #facts: RecorderFacts;
  readonly #listeners = new Set<EventListener>();
  #seq: number;

  constructor(facts: RecorderFacts) {
    this.#facts = facts;
    this.#seq = facts.lastSeq;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Gives a draft its number and time; it is not on disk yet. */
  stamp(draft: EventDraft): RecordedEvent {
    this.#seq += 1;
    return this.#facts.redactValue({
      timestamp: new Date(this.#facts.clock.now()).toISOString(),
      event: draft.type,
      iteration: draft.iteration,
      task: this.#facts.task,
      duration: draft.duration,
      exit_code: draft.exitCode,
      details: draft.details,
      seq: this.#seq,
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
  }

  /** An event of the runner's own, outside of the machine. */
  record(draft: EventDraft): void {
    this.write([this.stamp(draft)]);
  }

  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
