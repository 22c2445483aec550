import { hostname } from 'node:os';
import type { ProcessIdentity } from '../domain/process-identity.ts';
import { KeptFile } from './kept-file.ts';
import { parseJson } from './parse-json.ts';
import { isSameProcess, ownIdentity, pidNamespace } from './process-identity.ts';
import { removeFile } from './remove-file.ts';
import { hasShape, isCount, isString, orNull, type Shape } from './shape.ts';
import { readTextFile } from './text-file.ts';

/** `loop.owner.json`: whom to signal, and where he listens. Not believed before his identity is checked. */
export interface LoopOwner extends ProcessIdentity {
  readonly hostname: string;
  /** ISO-8601 UTC. */
  readonly since: string;
  /** Of autoloop. */
  readonly version: string;
  /** Absolute path of the control socket. */
  readonly socket: string;
  /** Where another one is at home, its pid means nothing here; null: no pid namespaces on that system. */
  readonly pidNamespace: string | null;
}

export function ownerHere(facts: Pick<LoopOwner, 'since' | 'version' | 'socket'>): LoopOwner {
  return { ...ownIdentity(), ...facts, hostname: hostname(), pidNamespace: pidNamespace() };
}

export function writeOwner(path: string, owner: LoopOwner): KeptFile {
  const file = new KeptFile(path);
  file.write(`${JSON.stringify(owner)}\n`);
  return file;
}

/** null: there is none, or nothing that makes sense. Throws AutoloopError 155 where it cannot be read. */
export function readOwner(path: string): LoopOwner | null {
  const value = parseJson(readTextFile(path) ?? '');
  return hasShape(value, OWNER) ? value : null;
}

/** Removes the file where it names this process; another's stays. */
export function removeOwnOwner(path: string): void {
  const owner = readOwner(path);
  if (owner !== null && isSameProcess(owner, ownIdentity())) {
    removeFile(path);
  }
}

const OWNER: Shape<LoopOwner> = {
  pid: isCount,
  startTicks: isString,
  bootId: isString,
  hostname: isString,
  since: isString,
  version: isString,
  socket: isString,
  pidNamespace: orNull(isString),
};
