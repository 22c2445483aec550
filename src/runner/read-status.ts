import type { LoopStatus } from '../domain/loop-status.ts';
import { dataPaths, type DataPaths } from '../stores/data-paths.ts';
import { fileAt } from '../stores/open-file.ts';
import { readOwner } from '../stores/owner-file.ts';
import type { SocketAnswer } from './ask-status.ts';
import { changedAt } from '../stores/file-mark.ts';
import type { Crashes } from './read-crashes.ts';
import type { LoopAddress } from './loop-address.ts';
import { loopSockets } from './loop-sockets.ts';
import { someGuardStands } from './guard-trace.ts';
import { neverRun } from './never-run.ts';
import type { OrphanFacts } from './orphan-facts.ts';
import { readSavedLoop } from './read-saved-loop.ts';

export type { LoopAddress } from './loop-address.ts';

/** What is known of a loop, live or as it lies on disk. */
export interface LoopReading extends OrphanFacts {
  readonly status: LoopStatus;
  /** `answers`: it told this itself · `silent`: it lives and does not answer · `none`: no runner lives. */
  readonly runner: 'answers' | 'silent' | 'none';
  /** What the loop said when it ended by trouble, else why its last iteration failed; null: nothing. */
  readonly message: string | null;
  /** What mends that; null: nobody knows. */
  readonly fix: string | null;
  /** How often its runners died since an iteration was finished last; null: not at all. */
  readonly crashes: Crashes | null;
  /** Why the former generation of the snapshot had to be read; null: it had not. */
  readonly recovered: string | null;
  /** Flags that it was last asked for with, where no runner answers. */
  readonly asked: Readonly<Record<string, string>>;
}

/**
 * The status of a loop, from its runner where one lives. Writes nothing, takes no lock, and loads neither XState nor zod.
 * Throws AutoloopError 156 where no runner answers and the saved state cannot be understood, 155 where it cannot be read.
 */
export async function readStatus(address: LoopAddress): Promise<LoopReading> {
  const paths = dataPaths(address.dataDirectory);
  const answer = await askRunner(paths);
  if (answer.kind === 'status') {
    const crashes = await crashesOf(paths);
    return { ...NOTHING_MORE, crashes, status: answer.status, runner: 'answers' };
  }
  const pid = await silentRunner(address, { paths, answer });
  const saved = readSavedLoop(paths);
  const status = saved ? saved.describe({ ...address, pid }) : neverRun(address, pid);
  const orphan = status.stale ? await orphanFacts(paths, status) : NOTHING_MORE;
  const crashes = await crashesOf(paths);
  return {
    ...{ status, runner: pid === null ? 'none' : 'silent' },
    ...orphan,
    crashes: isDead(orphan) ? await withDeath(paths, crashes) : crashes,
    ...{ message: saved?.message ?? (await reasonOfEnd(paths, status)), fix: saved?.fix ?? null },
    ...{ recovered: saved?.recovered ?? null, asked: saved?.asked ?? {} },
  };
}

const NOTHING_MORE = {
  ...{ departure: null, isWorkerAlive: null, message: null, fix: null, recovered: null },
  ...{ crashes: null, asked: {} },
};

async function reasonOfEnd(paths: DataPaths, status: LoopStatus): Promise<string | null> {
  if (status.ended === null) {
    return null;
  }
  const { lastReason } = await import('./last-reason.ts');
  return lastReason(paths, status);
}

async function crashesOf(paths: DataPaths): Promise<Crashes | null> {
  const { readCrashes } = await import('./read-crashes.ts');
  return readCrashes(paths.events);
}

function isDead({ departure }: OrphanFacts): boolean {
  return departure === 'died' || departure === 'rebooted';
}

/** Nobody has recorded it yet. */
async function withDeath(paths: DataPaths, crashes: Crashes | null): Promise<Crashes> {
  const { readTrace } = await import('../stores/runner-trace.ts');
  const lastError = readTrace(paths.trace);
  const lastAt = lastError === null ? null : changedAt(paths.trace);
  return { inRow: (crashes?.inRow ?? 0) + 1, lastAt, lastError };
}

/**
 * The socket is asked before any pid is looked at: a runner in another pid namespace, where its pid means nothing,
 * answers all the same.
 */
async function askRunner(paths: DataPaths): Promise<SocketAnswer> {
  let answer: SocketAnswer = { kind: 'gone' };
  for (const socket of loopSockets(paths)) {
    const { askStatus } = await import('./ask-status.ts');
    const found = await askStatus(socket);
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

/** What is needed only here is loaded only here: monitors ask for the status every few seconds. */
async function silentRunner(
  address: LoopAddress,
  { paths, answer }: Unanswered,
): Promise<number | null> {
  const isTraceless = fileAt(paths.owner) === null && !someGuardStands();
  if (isTraceless) {
    return answer.kind === 'silent' ? 0 : null;
  }
  const { findLockHolder } = await import('../stores/lock-holder.ts');
  const locked = { name: address.loop, lock: paths.lock, owner: paths.owner, command: () => '' };
  const ownPid = answer.kind === 'silent' ? (readOwner(paths.owner)?.pid ?? 0) : null;
  return findLockHolder(locked)?.pid ?? ownPid;
}

async function orphanFacts(paths: DataPaths, status: LoopStatus): Promise<OrphanFacts> {
  const { findOrphanFacts } = await import('./orphan-facts.ts');
  return findOrphanFacts(paths, status);
}
