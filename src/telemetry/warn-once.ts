import type { TelemetryFacts } from './telemetry-facts.ts';

/**
 * Tells of trouble when it begins, not again while it lasts. It never throws, as it is called where nobody would catch:
 * a disk that is full keeps the warning out of the events, and the loop finds that out by itself.
 */
export class WarnOnce {
  readonly #facts: Pick<TelemetryFacts, 'warn' | 'log'>;
  readonly #code: string;
  #tell: (message: string) => void;
  #isTold = false;

  constructor(facts: Pick<TelemetryFacts, 'warn' | 'log'>, code: string) {
    this.#facts = facts;
    this.#code = code;
    this.#tell = (message) => facts.warn(code, message);
  }

  trouble(message: string): void {
    if (this.#isTold) {
      return;
    }
    this.#isTold = true;
    try {
      this.#tell(message);
    } catch {
      this.#facts.log.warn({ code: this.#code }, message);
    }
  }

  /** The run has ended, and nothing is recorded any more: the log alone is told. */
  end(): void {
    this.#tell = (message) => this.#facts.log.warn({ code: this.#code }, message);
  }

  over(message: string): void {
    if (this.#isTold) {
      this.#isTold = false;
      this.#facts.log.info({ code: this.#code }, message);
    }
  }
}
