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
    return file === null ? null : { guard, database, file };
  } finally {
    if (file === null) {
      database.close();
    }
  }
}

function letGo({ guard, database }: HeldLock): void {
  database.close();
  guard.close();
}
