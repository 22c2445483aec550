import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { IsolationLayer, isAlive, orderFor, program } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

describe.each(SUPERVISIONS)('supervision $name', ({ namespace }) => {
  /** Behind an init, a death by signal is an exit code. */
  const ended = (signal: 'SIGTERM') =>
    namespace === null ? { signal } : { signal: null, exitCode: 128 + constants.signals[signal] };

  it('ends the agent on TERM and says that it was killed', async () => {
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('forever.sh'), { namespace }),
    );
    const agent = await layer.told('agent');
    layer.signal('SIGTERM');
    expect(await layer.ended()).toMatchObject({
      outcome: 'killed',
      ...ended('SIGTERM'),
      swept: [],
    });
    expect(isAlive(agent)).toBe(false);
  });

  it('says killed also of an agent that ends tidily when asked', async () => {
    const layer = new IsolationLayer(
      orderFor(temporaryRoot(), program('ends-on-term.mjs'), { namespace }),
    );
    await layer.said('agent');
    layer.signal('SIGTERM');
    expect(await layer.ended()).toMatchObject({ outcome: 'killed', exitCode: 0, signal: null });
    expect(layer.log).toContain('asked to end');
  });

  it('ends a stopped agent without waiting for its grace', async () => {
    const order = orderFor(temporaryRoot(), program('stopped-agent.sh'), {
      namespace,
      graceMs: 60_000,
    });
    const layer = new IsolationLayer(order);
    await layer.told('agent');
    layer.signal('SIGTERM');
    expect(await layer.ended()).toMatchObject({ outcome: 'killed', ...ended('SIGTERM') });
  });

  it.each(['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const)(
    'does not care for %s',
    async (signal) => {
      const layer = new IsolationLayer(
        orderFor(temporaryRoot(), program('ignores-term.mjs'), { namespace }),
      );
      const agent = await layer.told('agent');
      layer.signal(signal);
      process.kill(agent, 'SIGHUP');
      await layer.said('ignored SIGHUP');
      expect(isAlive(layer.child.pid ?? 0)).toBe(true);
      expect(layer.log).not.toContain('ignored SIGINT');
      layer.signal('SIGTERM');
      await layer.said('ignored SIGTERM');
      layer.signal('SIGTERM');
      expect((await layer.ended()).outcome).toBe('killed');
    },
  );
});
