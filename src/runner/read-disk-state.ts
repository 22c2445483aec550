import { LOOP_MACHINE_VERSION } from '../../machines/loop.machine.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { JsonSnapshotStore } from '../stores/json-snapshot-store.ts';
import { readState, type LoopState } from './read-state.ts';

/** What a start would make of the snapshot, for those who only look. Throws AutoloopError 155 or 156. */
export function readDiskState(paths: DataPaths): LoopState {
  const snapshots = new JsonSnapshotStore({
    path: paths.snapshot,
    formerPath: paths.formerSnapshot,
    machineVersion: LOOP_MACHINE_VERSION,
    redactor: { redactValue: (value) => value },
  });
  return readState(snapshots, paths.snapshot);
}
