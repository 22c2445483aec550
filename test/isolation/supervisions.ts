import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Command } from '../../src/domain/attempt.ts';
import { NAMESPACE_FORMS, namespaceCommand } from '../../src/isolation/namespace-init.ts';

const PROGRAMS = { setpriv: '/usr/bin/setpriv', unshare: '/usr/bin/unshare', shell: '/bin/sh' };

export interface TriedSupervision {
  readonly name: string;
  readonly namespace: Command | null;
}

/** Base, and every form of strict supervision that this machine has. */
export const SUPERVISIONS: readonly TriedSupervision[] = [
  { name: 'base', namespace: null },
  ...(['root', 'user'] as const)
    .filter((form) => spawnSync('unshare', [...NAMESPACE_FORMS[form], 'true']).status === 0)
    .map((form) => ({
      name: `strict, as ${form}`,
      namespace: namespaceCommand({ form, ...PROGRAMS }),
    })),
];

/** The pid, seen from here, of what is called `inner` inside of the namespace that holds this attempt; itself in base. */
export function outerPid(attemptId: string, inner: number): number {
  const namespace = pids().find((pid) => isMarked(pid, attemptId) && namespaceOf(pid) !== OWN);
  if (namespace === undefined) {
    return inner;
  }
  const inside = namespaceOf(namespace);
  return pids().find((pid) => namespaceOf(pid) === inside && innerPid(pid) === inner) ?? 0;
}

const OWN = namespaceOf(process.pid);

function pids(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

function isMarked(pid: number, attemptId: string): boolean {
  return read(() => readFileSync(`/proc/${pid}/environ`, 'latin1')).includes(
    `AUTOLOOP_ATTEMPT_ID=${attemptId}\0`,
  );
}

function namespaceOf(pid: number): string {
  return read(() => readlinkSync(`/proc/${pid}/ns/pid`));
}

function innerPid(pid: number): number {
  const status = read(() => readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Number(/^NSpid:.*\s(\d+)$/m.exec(status)?.[1]);
}

function read(work: () => string): string {
  try {
    return work();
  } catch {
    return '';
  }
}
