import type { RecordedEvent } from '../domain/event.ts';
import type { MachinePublisher, PublisherFacts } from './machine-observer.ts';
import type { Viewer } from './viewer.ts';

/**
 * Who inspects the loop. While nobody does, nothing of it is there: what publishes is loaded for the first viewer, and
 * lets go of the machine after the last.
 */
export class Inspection {
  readonly #facts: PublisherFacts;
  readonly #failed: (error: unknown) => void;
  readonly #viewers = new Set<Viewer>();
  #publisher: MachinePublisher | null = null;

  constructor(facts: PublisherFacts, failed: (error: unknown) => void) {
    this.#facts = facts;
    this.#failed = failed;
  }

  add(viewer: Viewer): void {
    this.#viewers.add(viewer);
    void this.#admit(viewer);
  }

  remove(viewer: Viewer): void {
    this.#viewers.delete(viewer);
    if (this.#publisher?.remove(viewer) === false) {
      this.#publisher.close();
      this.#publisher = null;
    }
  }

  observe(event: RecordedEvent): void {
    this.#publisher?.observe(event);
  }

  touch(): void {
    this.#publisher?.touch();
  }

  /** What has happened up to now is told first. */
  close(): void {
    this.#publisher?.close();
    this.#publisher = null;
    this.#viewers.clear();
  }

  async #admit(viewer: Viewer): Promise<void> {
    try {
      const { createPublisher } = await import('./machine-observer.ts');
      if (this.#viewers.has(viewer)) {
        this.#publisher ??= createPublisher(this.#facts);
        this.#publisher.add(viewer);
      }
    } catch (error) {
      this.#failed(error);
      viewer.end();
    }
  }
}
