import type { RecordedEvent } from '../domain/event.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import { restore, type Restored } from './restore.ts';

/** What the snapshot on disk says. */
export interface LoopState {
  readonly restored: Restored;
  /** Number of the last event it knows of, 0: none. */
  readonly seq: number;
  /** Events that belong to it; the log may lack the last of them. */
  readonly outbox: readonly RecordedEvent[];
  /** Why the former generation had to be taken. */
  readonly recovered: string | null;
  /** Flags that the run was last asked for with. */
  readonly asked: Readonly<Record<string, string>>;
  /** ISO-8601; null: there is none. */
  readonly savedAt: string | null;
}

/** Throws AutoloopError 156; writes nothing. `path` is the snapshot's, for the message. */
export function readState(snapshots: SnapshotStore, path: string): LoopState {
  const loaded = snapshots.load();
  return {
    restored: restore(loaded?.envelope ?? null, path),
    seq: loaded?.envelope.seq ?? 0,
    outbox: loaded?.envelope.outbox ?? [],
    recovered: loaded?.recovered ?? null,
    asked: loaded?.envelope.asked ?? {},
    savedAt: loaded?.envelope.savedAt ?? null,
  };
}
