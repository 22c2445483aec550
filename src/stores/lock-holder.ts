import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { guardHolder } from './guard-holder.ts';
import { guardName } from './guard-socket.ts';
import { readOwner, type LoopOwner } from './owner-file.ts';
import { isAlive, isSameProcess, ownIdentity, pidNamespace } from './process-identity.ts';

/** A loop that is to run once at a time. */
export interface LockedLoop {
  readonly name: string;
  /** `loop.lock`, absolute. */
  readonly lock: string;
  /** `loop.owner.json`, absolute. */
  readonly owner: string;
  /** What the operator types for this loop, as in `stop`. */
  readonly command: (name: 'stop' | 'resume') => string;
}

export interface LockHolder {
  readonly pid: number;
  /** ISO-8601 UTC; null: nobody wrote it down. */
  readonly since: string | null;
}

/** Who runs this loop: its living owner, else who holds its guard socket (the owner's file may be deleted, or not yet written). */
export function findLockHolder(loop: LockedLoop): LockHolder | null {
  const owner = livingOwner(loop);
  if (owner !== null) {
    return owner;
  }
  const pid = guardHolder(guardName(dirname(loop.lock)));
  return pid === null ? null : { pid, since: null };
}

/**
 * A loop that runs is told as such before anything else is asked, as whether the disk has room for another runner.
 * Throws AutoloopError 152.
 */
export function refuseWhereHeld(loop: LockedLoop): void {
  const holder = existsSync(dirname(loop.lock)) ? findLockHolder(loop) : null;
  if (holder !== null) {
    throw lockHeldError(loop, holder);
  }
}

/** A living owner other than this process. In another pid namespace its pid names somebody else: the kernel's locks have to tell. */
export function livingOwner(loop: LockedLoop): LoopOwner | null {
  const owner = readOwner(loop.owner);
  const isKnowable = owner !== null && owner.pidNamespace === pidNamespace();
  return isKnowable && !isSameProcess(owner, ownIdentity()) && isAlive(owner) ? owner : null;
}

export function lockHeldError(loop: LockedLoop, holder: LockHolder | null): AutoloopError {
  return new AutoloopError({
    code: EXIT.lockHeld,
    message: `Loop "${loop.name}" is already running${holder === null ? '' : ` (${describe(holder)})`}.`,
    fix: `Stop it: ${loop.command('stop')}`,
  });
}

/** Nothing of the loop may be touched any more: another runner may own it. */
export function lockLostError({ name, lock, command }: LockedLoop): AutoloopError {
  return new AutoloopError({
    code: EXIT.lockHeld,
    message: `The lock of loop "${name}" was deleted or replaced under its runner (${lock}).`,
    fix: `Find out what removes files there, then go on with: ${command('resume')}`,
  });
}

function describe({ pid, since }: LockHolder): string {
  const time = since === null ? null : localTime(new Date(since));
  return time === null ? `pid ${pid}` : `pid ${pid}, since ${time}`;
}

/** `10:12` today, `2026-11-22 10:12` on other days. */
function localTime(time: Date): string | null {
  if (Number.isNaN(time.getTime())) {
    return null;
  }
  const clock = `${pad(time.getHours())}:${pad(time.getMinutes())}`;
  const isToday = time.toDateString() === new Date().toDateString();
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return isToday ? clock : `${day} ${clock}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
