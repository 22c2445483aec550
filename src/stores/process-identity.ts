import { readFileSync, readlinkSync } from 'node:fs';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { darwinBootId, darwinProcessStart } from './darwin-process-start.ts';
import { linuxProcessStart } from './linux-process-start.ts';

/** Who has this pid now; null: nobody, or a zombie. Throws where the system does not tell. */
export function identityOf(pid: number): ProcessIdentity | null {
  const startTicks = isDarwin ? darwinProcessStart(pid) : linuxProcessStart(pid);
  return startTicks === null ? null : { pid, startTicks, bootId: bootId() };
}

export function ownIdentity(): ProcessIdentity {
  const own = identityOf(process.pid);
  if (own === null) {
    throw new Error(`The system knows nothing of process ${process.pid}, which is this one`);
  }
  return own;
}

/** The very process, stopped (SIGSTOP) ones included; not whoever has its pid by now. Only good within its pid namespace. */
export function isAlive(identity: ProcessIdentity): boolean {
  const current = identity.bootId === bootId() ? identityOf(identity.pid) : null;
  return current !== null && isSameProcess(current, identity);
}

export function isSameProcess(left: ProcessIdentity, right: ProcessIdentity): boolean {
  return (
    left.pid === right.pid && left.startTicks === right.startTicks && left.bootId === right.bootId
  );
}

/** Another one after each boot of the machine. */
export function bootId(): string {
  knownBootId ??= isDarwin
    ? darwinBootId()
    : readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return knownBootId;
}

/** In which pid namespace this process lives (`pid:[4026531836]`); null where there are none. */
export function pidNamespace(): string | null {
  return isDarwin ? null : readlinkSync('/proc/self/ns/pid');
}

const isDarwin = process.platform === 'darwin';
let knownBootId: string | null = null;
