import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopLock } from '../ports/loop-lock.ts';
import { openExclusively } from './exclusive-database.ts';
import { guardName, takeGuard, type GuardSocket } from './guard-socket.ts';
import { prepareLockFile } from './lock-file.ts';
import {
  findLockHolder,
  livingOwner,
  lockHeldError,
  lockLostError,
  type LockedLoop,
  type LockHolder,
} from './lock-holder.ts';
import { fileAt, isSameFile, openFileAt, type FileIdentity } from './open-file.ts';

/**
 * A kernel lock on `loop.lock`, taken through SQLite, with a socket and the owner's identity as second and third
 * guard against its deletion. Whatever kills the holder frees it; nothing stale is left to clean up.
 */
export class SqliteLoopLock implements LoopLock {
  readonly #loop: LockedLoop;
  #held: HeldLock | null = null;

  constructor(loop: LockedLoop) {
    this.#loop = loop;
  }

  async acquire(): Promise<void> {
    this.#held ??= await take(this.#loop);
    HELD.add(this.#held);
  }

  isHeld(): boolean {
    const current = fileAt(this.#loop.lock);
    return this.#held !== null && current !== null && isSameFile(current, this.#held.file);
  }

  isOurs(): boolean {
    return this.#held?.guard.stands === true || this.isHeld();
  }

  mend(): string | null {
    const held = this.#held;
    if (held === null || !this.isOurs()) {
      throw lockLostError(this.#loop);
    }
    if (this.isHeld() && (sizeOf(this.#loop.lock) === held.size || !held.guard.stands)) {
      return null;
    }
    const wrong = fileAt(this.#loop.lock) === null ? 'was deleted' : 'was replaced or written into';
    this.#held = retake(held, this.#loop);
    HELD.add(this.#held);
    HELD.delete(held);
    held.database.close();
    return `${wrong}, and locked anew`;
  }

  release(): void {
    if (this.#held !== null) {
      HELD.delete(this.#held);
      letGo(this.#held);
      this.#held = null;
    }
  }
}

interface HeldLock {
  readonly guard: GuardSocket;
  readonly database: DatabaseSync;
  readonly file: FileIdentity;
  /** Of the file: it is never written. */
  readonly size: number;
}

/** A database that nobody refers to is closed by the garbage collector, and its lock with it. */
const HELD = new Set<HeldLock>();

/** SQLite may refuse everybody where several ask at one instant: where no holder is to be seen, ask again. */
const PAUSES_MS: readonly number[] = [10, 20, 40, 80, 160];

async function take(loop: LockedLoop): Promise<HeldLock> {
  let holder: LockHolder | null = null;
  for (const pauseMs of PAUSES_MS) {
    const held = await takeAtOnce(loop);
    if (held !== null) {
      return held;
    }
    holder = findLockHolder(loop);
    if (holder !== null) {
      break;
    }
    await sleep(pauseMs * (0.5 + Math.random()));
  }
  throw lockHeldError(loop, holder);
}

async function takeAtOnce(loop: LockedLoop): Promise<HeldLock | null> {
  prepareLockFile(loop.lock);
  const guard = await takeGuard(guardName(dirname(loop.lock)));
  if (guard === null) {
    return null;
  }
  let held: HeldLock | null = null;
  try {
    held = lockBehind(guard, loop);
    return held;
  } finally {
    if (held === null) {
      guard.close();
    }
  }
}

/** null: locked by another, replaced while we opened it, or its owner lives on without its file. */
function lockBehind(guard: GuardSocket, loop: LockedLoop): HeldLock | null {
  const database = openExclusively(loop.lock);
  if (database === null) {
    return null;
  }
  let file: FileIdentity | null = null;
  try {
    file = livingOwner(loop) === null ? openFileAt(loop.lock) : null;
    return file === null ? null : { guard, database, file, size: sizeOf(loop.lock) };
  } finally {
    if (file === null) {
      database.close();
    }
  }
}

/**
 * While the guard stands no other runner can have come in, whatever became of the file. Where it is taken away again
 * and again the guard alone holds the loop until the next try. Throws AutoloopError 152 where somebody has locked it.
 */
function retake({ guard }: HeldLock, loop: LockedLoop): HeldLock {
  let database = lockNewFile(loop);
  for (let triesLeft = 5; triesLeft > 0; triesLeft -= 1) {
    const file = openFileAt(loop.lock);
    if (file !== null) {
      return { guard, database, file, size: sizeOf(loop.lock) };
    }
    database.close();
    database = lockNewFile(loop);
  }
  return { guard, database, file: NO_FILE, size: 0 };
}

const NO_FILE: FileIdentity = { device: -1n, inode: -1n };

function lockNewFile(loop: LockedLoop): DatabaseSync {
  removeUnlockable(loop.lock);
  const database = openExclusively(loop.lock);
  if (database === null) {
    throw lockLostError(loop);
  }
  closeToOthers(loop.lock);
  return database;
}

/** What SQLite cannot take a lock on. A file that somebody has locked is empty, and stays. */
function removeUnlockable(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found !== undefined && (!found.isFile() || found.size > 0)) {
    rmSync(path, { recursive: true, force: true });
  }
}

function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function closeToOthers(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Deleted again.
  }
}

function letGo({ guard, database }: HeldLock): void {
  database.close();
  guard.close();
}
