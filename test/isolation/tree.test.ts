import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { identityOf } from '../../src/stores/process-identity.ts';
import { IsolationLayer, isAlive, orderFor, program, until } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

describe.each(SUPERVISIONS)('supervision $name', ({ namespace }) => {
  it.each(['leaves-daemon.sh', 'leaves-quiet-daemon.sh'])(
    'ends the daemon of an agent that succeeded: %s',
    async (name) => {
      const layer = new IsolationLayer(orderFor(temporaryRoot(), program(name), { namespace }));
      const daemon = await layer.told('daemon');
      const saidAt = performance.now();
      expect(await layer.ended()).toMatchObject({ outcome: 'succeeded', swept: ['sleep'] });
      expect(performance.now() - saidAt).toBeLessThan(2_000);
      expect(isAlive(daemon)).toBe(false);
    },
  );

  it('ends a helper without a name that stayed in the session', async () => {
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('leaves-nameless-helper.sh'), { namespace }),
    );
    const helper = await layer.told('helper');
    expect((await layer.ended()).outcome).toBe('succeeded');
    expect(isAlive(helper)).toBe(false);
  });

  it('ends a tool that only its parent tells, as long as the parent lives', async () => {
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('hides-tool.sh'), { namespace }),
    );
    const tool = await layer.told('tool');
    layer.signal('SIGTERM');
    expect(await layer.ended()).toMatchObject({ outcome: 'killed', swept: ['sleep'] });
    expect(isAlive(tool)).toBe(false);
  });

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
