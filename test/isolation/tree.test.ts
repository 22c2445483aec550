import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { identityOf } from '../../src/stores/process-identity.ts';
import { IsolationLayer, orderFor, program, until } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

describe.each(SUPERVISIONS)('supervision $name', ({ namespace }) => {
  it('keeps the last words of a helper that is just about to end', async () => {
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('leaves-slow-writer.sh'), { namespace }),
    );
    expect(await layer.ended()).toMatchObject({ outcome: 'succeeded' });
    expect(layer.log).toBe('first words\nlast words\n');
  });
});

it('sweeps an attempt by its mark alone, and no other process', async () => {
  const [swept, spared] = ['swept-1', 'swept-10'].map((id) =>
    spawn('/bin/sleep', ['600'], { detached: true, env: { AUTOLOOP_ATTEMPT_ID: id } }),
  );
  await until(() => identityOf(spared?.pid ?? 0) !== null);
  expect(await sweepAttempt('swept-1')).toEqual(['sleep']);
  await until(() => swept?.signalCode === 'SIGKILL');
  expect(spared?.signalCode).toBeNull();
  spared?.kill('SIGKILL');
  expect(await sweepAttempt('swept-1')).toEqual([]);
});

it('sweeps what starts itself anew all the time, and has no environment in between', async () => {
  for (let time = 0; time < 40; time += 1) {
    const attemptId = `restless-${time}`;
    const daemon = spawn(program('starts-itself-anew.sh'), {
      ...{ detached: true, env: { ...process.env, AUTOLOOP_ATTEMPT_ID: attemptId } },
    });
    await once(daemon.stdout, 'data');
    await sweepAttempt(attemptId);
    await until(() => daemon.signalCode !== null).finally(() => daemon.kill('SIGKILL'));
    expect(daemon.signalCode).toBe('SIGKILL');
  }
}, 30_000);
