import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AttemptCgroup } from '../../src/stores/attempt-cgroup.ts';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';

const probe = AttemptCgroup.make(`probe-${process.pid}`);
probe?.remove();
const canMake = probe !== null;

describe.skipIf(!canMake)('a control group of an attempt', () => {
  test('holds what is born in it, and this process comes back', () => {
    const before = ownGroup();
    const { cgroup, child } = born();
    expect(cgroup.members()).toEqual(new Set([child.pid]));
    expect(ownGroup()).toBe(before);
  });

  test('is ended at once', async () => {
    const { cgroup, child } = born();
    cgroup.kill();
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    expect(cgroup.members()).toEqual(new Set());
  });

  test('is found by whoever sweeps the attempt, and tells what nothing else does', async () => {
    const { child, attemptId } = born();
    expect(await sweepAttempt(attemptId)).toEqual(['sleep']);
    expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL');
    expect(await sweepAttempt(attemptId)).toEqual([]);
  });

  test('is made once, and gone when it was removed', () => {
    const attemptId = nextId();
    const cgroup = AttemptCgroup.make(attemptId);
    expect(AttemptCgroup.make(attemptId)).toBeNull();
    cgroup?.remove();
    expect(AttemptCgroup.find(attemptId)).toBeNull();
  });
});

/** A process with an empty environment in a session of its own. */
function born(): { cgroup: AttemptCgroup; child: ChildProcess; attemptId: string } {
  const attemptId = nextId();
  const cgroup = AttemptCgroup.make(attemptId);
  if (cgroup === null) {
    throw new Error('It could be made a moment ago.');
  }
  const child = cgroup.bear(() => spawn('/bin/sleep', ['600'], { detached: true, env: {} }));
  onTestFinished(async () => {
    await sweepAttempt(attemptId);
  });
  return { cgroup, child, attemptId };
}

function ownGroup(): string {
  return readFileSync('/proc/self/cgroup', 'utf8');
}

let ids = 0;

function nextId(): string {
  return `test-cgroup-${process.pid}-${(ids += 1)}`;
}
