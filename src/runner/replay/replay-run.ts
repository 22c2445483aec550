import type { DataPaths } from '../../stores/data-paths.ts';
import { readJournal } from '../../stores/journal/read-journal.ts';
import { chooseRun } from './choose-run.ts';
import { snapshotOnDisk, type DiskSnapshot } from './disk-snapshot.ts';
import { replayJournal, type Replayed, type ReplayFacts } from './replay-journal.ts';

export interface ReplayRequest extends ReplayFacts {
  /** null: the last one. */
  readonly runId: string | null;
  /** Number of the last step; null: all. */
  readonly until: number | null;
}

export interface RunReplay {
  readonly runId: string;
  /** One after the other, as they are asked for. */
  readonly passed: Generator<Replayed>;
  /** Asked for when all of them have been: how it compares with `snapshot.json` as it was before. */
  readonly end: () => ReplayEnd;
}

/**
 * `same`: the very snapshot on disk. `ahead`: the snapshot on disk was passed `steps` steps before: a runner lives, or
 * died between a step and its snapshot. `other_run`: the disk tells of another run. `none`: there is no snapshot.
 * `unreadable`: there is, and `why` it tells nothing. `stopped`: it was asked to end before. `differs`: a step leads
 * elsewhere than the journal says, or all of them to another snapshot than the one on disk.
 */
export type ReplayEnd =
  | { readonly verdict: 'same' | 'other_run' | 'none' | 'stopped' }
  | { readonly verdict: 'ahead'; readonly steps: number }
  | { readonly verdict: 'unreadable'; readonly why: string }
  | { readonly verdict: 'differs'; readonly at: Replayed | null };

/** null: no run has a journal. Throws AutoloopError 150 for a run that has none, 155, 156. */
export function replayRun(paths: DataPaths, request: ReplayRequest): RunReplay | null {
  const runId = chooseRun(paths, request.runId);
  return runId === null ? null : replayOf(runId, paths, request);
}

function replayOf(runId: string, paths: DataPaths, request: ReplayRequest): RunReplay {
  // Before the journal: each step is in that first.
  const disk = snapshotOnDisk(paths);
  const hashes: string[] = [];
  let last: Replayed | null = null;
  let isCut = false;
  function* passed(): Generator<Replayed> {
    for (const replayed of replayJournal(readJournal(paths.journal, runId), request)) {
      const n = replayed.kind === 'step' ? replayed.n : replayed.start.n;
      if (request.until !== null && n > request.until) {
        isCut = true;
        return;
      }
      hashes.push(replayed.hash);
      last = replayed;
      yield replayed;
    }
  }
  return {
    runId,
    passed: passed(),
    end: () => {
      if (last?.isSame === false) {
        return { verdict: 'differs', at: last };
      }
      return isCut ? { verdict: 'stopped' } : compare(disk, { runId, hashes });
    },
  };
}

function compare(
  disk: DiskSnapshot | null,
  { runId, hashes }: { readonly runId: string; readonly hashes: readonly string[] },
): ReplayEnd {
  if (disk === null) {
    return { verdict: 'none' };
  }
  if ('unreadable' in disk) {
    return { verdict: 'unreadable', why: disk.unreadable };
  }
  if (disk.runId !== runId) {
    return { verdict: 'other_run' };
  }
  const place = hashes.lastIndexOf(disk.hash);
  if (place === -1) {
    return { verdict: 'differs', at: null };
  }
  const steps = hashes.length - 1 - place;
  return steps === 0 ? { verdict: 'same' } : { verdict: 'ahead', steps };
}
