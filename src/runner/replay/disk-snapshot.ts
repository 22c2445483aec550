import { describeError } from '../../domain/error.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { isRecord } from '../../stores/shape.ts';
import { snapshotHash } from '../journal/snapshot-hash.ts';
import { savedSnapshots } from '../saved-snapshots.ts';

/** What `snapshot.json` tells a replay; `unreadable`: why it tells nothing. */
export type DiskSnapshot =
  | { readonly runId: unknown; readonly hash: string }
  | { readonly unreadable: string };

/** null: there is none. One that is damaged keeps nothing from being replayed. */
export function snapshotOnDisk(paths: DataPaths): DiskSnapshot | null {
  try {
    const loaded = savedSnapshots(paths).load();
    return loaded && describe(loaded.envelope.snapshot);
  } catch (error) {
    return { unreadable: describeError(error).message };
  }
}

function describe(snapshot: unknown): DiskSnapshot {
  const context = isRecord(snapshot) ? snapshot['context'] : null;
  const runId = isRecord(context) ? context['runId'] : null;
  return { runId, hash: snapshotHash(JSON.stringify(snapshot)) };
}
