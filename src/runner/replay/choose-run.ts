import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { journaledRuns } from '../../stores/journal/read-journal.ts';
import { snapshotOnDisk } from './disk-snapshot.ts';

/**
 * The run that is asked for, else the one that the snapshot tells of, else the last one that has a journal; null: none has.
 * Throws AutoloopError 150, 155.
 */
export function chooseRun(paths: DataPaths, asked: string | null): string | null {
  const runs = journaledRuns(paths.journal);
  if (asked !== null && !runs.includes(asked)) {
    const last = runs.slice(-5).toReversed().join(', ');
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `There is no journal of a run "${asked}".`,
      fix: last === '' ? 'No run of this loop has one yet.' : `The last ones that have: ${last}.`,
    });
  }
  if (asked !== null) {
    return asked;
  }
  const disk = snapshotOnDisk(paths);
  const current = disk !== null && 'runId' in disk ? disk.runId : null;
  return runs.find((run) => run === current) ?? runs.at(-1) ?? null;
}
