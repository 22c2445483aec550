import type { SnapshotEnvelope, SnapshotStore } from '../../src/ports/snapshot-store.ts';

/** Keeps a copy, as a file would. */
export class InMemorySnapshotStore implements SnapshotStore {
  /** Thrown by the next saves, as a full disk would. */
  failure: Error | null = null;
  saves = 0;
  #envelope: SnapshotEnvelope | null = null;

  load(): ReturnType<SnapshotStore['load']> {
    return this.#envelope === null
      ? null
      : { envelope: structuredClone(this.#envelope), recovered: null };
  }

  save(envelope: SnapshotEnvelope): void {
    if (this.failure !== null) {
      throw this.failure;
    }
    this.#envelope = structuredClone(envelope);
    this.saves += 1;
  }
}
