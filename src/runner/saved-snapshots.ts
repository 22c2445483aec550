import type { DataPaths } from '../stores/data-paths.ts';
import { JsonSnapshotStore } from '../stores/json-snapshot-store.ts';
import { KNOWN_MACHINE_VERSION } from './known-machine-version.ts';

/** The snapshots of a loop for those who only look: what they hold is redacted already. */
export function savedSnapshots({ snapshot, formerSnapshot }: DataPaths): JsonSnapshotStore {
  return new JsonSnapshotStore({
    ...{ path: snapshot, formerPath: formerSnapshot, machineVersion: KNOWN_MACHINE_VERSION },
    redactor: { redactValue: (value) => value },
  });
}
