import { join } from 'node:path';
import type { LoopStatus } from '../domain/loop-status.ts';
import { dataPaths, type DataPaths } from '../stores/data-paths.ts';
import { findLockHolder } from '../stores/lock-holder.ts';
import { readOwner } from '../stores/owner-file.ts';
import { fileAt } from '../stores/open-file.ts';
import { bootId, isAlive as isProcessAlive } from '../stores/process-identity.ts';
import { FileWorkerList } from '../stores/workers-file.ts';
import { askStatus, type SocketAnswer } from './ask-status.ts';
import { readSavedLoop } from './read-saved-loop.ts';

export interface LoopAddress {
  readonly loop: string;
  readonly task: string;
  /** `data/<loop>`, absolute. */
  readonly dataDirectory: string;
}

/** What is known of a loop, live or as it lies on disk. */
export interface LoopReading {
  readonly status: LoopStatus;
  /** `answers`: it told this itself · `silent`: it lives and does not answer · `none`: no runner lives. */
  readonly runner: 'answers' | 'silent' | 'none';
  /** Of an unfinished run without a runner: `died` without a word, or `left` it on purpose (hang-up, `once`). */
  readonly departure: 'died' | 'left' | null;
  /** Whether the worker of such a run lives on; null: it has none. */
  readonly isWorkerAlive: boolean | null;
  /** What the loop said when it ended by trouble; null: nothing. */
  readonly message: string | null;
  /** Why the former generation of the snapshot had to be read; null: it had not. */
  readonly recovered: string | null;
}

/**
 * The status of a loop, from its runner where one lives. Writes nothing, takes no lock, and loads neither XState nor zod.
 * Throws AutoloopError 156 where no runner answers and the saved state cannot be understood, 155 where it cannot be read.
 */
export async function readStatus(address: LoopAddress): Promise<LoopReading> {
  const paths = dataPaths(address.dataDirectory);
  const answer = await askRunner(paths);
  if (answer.kind === 'status') {
    return { ...NOTHING_MORE, status: answer.status, runner: 'answers' };
  }
  const pid = silentRunner(address, { paths, answer });
  const saved = readSavedLoop(paths);
  const status = saved ? saved.describe({ ...address, pid }) : neverRun(address, pid);
  return {
    ...{ status, runner: pid === null ? 'none' : 'silent' },
    ...(status.stale ? orphanFacts(paths, status) : NOTHING_MORE),
    ...{ message: saved?.message ?? null, recovered: saved?.recovered ?? null },
  };
}

const NOTHING_MORE = { departure: null, isWorkerAlive: null, message: null, recovered: null };

/** A runner that leaves takes its owner file with it. */
function orphanFacts(paths: DataPaths, { worker }: LoopStatus): Pick<LoopReading, 'departure' | 'isWorkerAlive'> {
  const departure = readOwner(paths.owner) === null ? 'left' : 'died';
  const listed = new FileWorkerList(paths.workers).list();
  const isAlive = listed.some((live) => isProcessAlive({ ...live, bootId: bootId() }));
  return { departure, isWorkerAlive: worker === null ? null : isAlive };
}

/**
 * The socket is asked before any pid is looked at: a runner in another pid namespace, where its pid means nothing,
 * answers all the same. In the data folder, too, where it may lie under another path than the runner knows.
 */
async function askRunner(paths: DataPaths): Promise<SocketAnswer> {
  const own = readOwner(paths.owner)?.socket;
  const inside = join(paths.directory, 'control.sock');
  let answer: SocketAnswer = { kind: 'gone' };
  for (const socket of new Set([own ?? inside, inside])) {
    const found: SocketAnswer = fileAt(socket) === null ? { kind: 'gone' } : await askStatus(socket);
    if (found.kind === 'status') {
      return found;
    }
    answer = found.kind === 'silent' ? found : answer;
  }
  return answer;
}

interface Unanswered {
  readonly paths: DataPaths;
  readonly answer: SocketAnswer;
}

/** Pid of a runner that lives and does not answer; 0 where its pid is not to be found out; null: none lives. */
function silentRunner(address: LoopAddress, { paths, answer }: Unanswered): number | null {
  if (fileAt(paths.directory) === null) {
    return null;
  }
  const locked = { name: address.loop, lock: paths.lock, owner: paths.owner, stopCommand: '' };
  const holder = findLockHolder(locked);
  const owner = answer.kind === 'silent' ? (readOwner(paths.owner)?.pid ?? 0) : null;
  return holder?.pid ?? owner;
}

function neverRun({ loop, task, dataDirectory }: LoopAddress, pid: number | null): LoopStatus {
  return {
    ...{ loop, task, pid },
    state: 'idle',
    running: pid !== null,
    stale: false,
    ...{ since: null, runId: null, iteration: 0, target: null, worker: null, wait: null },
    ...{ stopRequested: false, paused: false, ended: null },
    caps: { maxIterations: null, maxFailures: null, failuresInRow: 0 },
    totals: { iterations: 0, succeeded: 0, failed: 0, costUsd: null, tokens: null },
    dataDir: dataDirectory,
  };
}
