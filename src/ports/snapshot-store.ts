import type { RecordedEvent } from '../domain/event.ts';

/** What `snapshot.json` holds around the machine's persisted snapshot. */
export interface SnapshotEnvelope {
  readonly format: 1;
  readonly machine: string;
  readonly version: number;
  readonly definitionHash: string;
  readonly savedAt: string;
  readonly snapshot: unknown;
  /** Number of the last event this snapshot knows of. */
  readonly seq: number;
  /** Events that belong to this snapshot; appended again on restore where the log lacks them. */
  readonly outbox: readonly RecordedEvent[];
  /** Flags that the run was last asked for with, without dashes → as written (paths absolute): for hints alone. */
  readonly asked?: Readonly<Record<string, string>>;
}

/** The persisted machine state of one loop. One writer: the runner that holds the lock. */
export interface SnapshotStore {
  /**
   * null: there is none yet. `recovered` tells why the former generation had to be taken.
   * Throws AutoloopError 156 where neither generation can be read, or a newer version wrote it; nothing is written over.
   */
  load(): { readonly envelope: SnapshotEnvelope; readonly recovered: string | null } | null;
  /** Durable when it returns; the former generation stays. Throws AutoloopError (153, 155), the old file untouched. */
  save(envelope: SnapshotEnvelope): void;
}
