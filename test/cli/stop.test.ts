import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice, processesOf } from '../crash/crash-rig.ts';
import { agentsOf, isAlive, kill } from '../crash/end-project.ts';
import { killRunner, useOrphanedLoop, useProject, useStartedLoop } from './cli-project.ts';

describe.each([
  ['stop --force', ['stop', '--force']],
  ['force-stop', ['force-stop']],
] as const)('%s', (_, [command, ...flags]) => {
  it('ends the worker at once, and the runner with 143', async () => {
    const project = useProject();
    const run = project.beginLoop('run');
    await project.began(1);
    await project.recorded('worker_start');
    const worker = project.workerPid();
    const { code, out, err } = await project.steer(command, ...flags);
    expect(isAlive(worker), 'gone when it returns').toBe(false);
    expect(code, err).toBe(0);
    expect(out).toMatch(/has stopped/);
    expect(await run.end).toMatchObject({ code: 143, signal: null });
    expect(project.has('finished-1')).toBe(false);
    expect(project.outcomes()).toEqual(['killed']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('ends the worker of a loop whose runner died', async () => {
    const project = await useOrphanedLoop();
    const worker = project.workerPid();
    const { code, out, err } = await project.steer(command, ...flags);
    expect(code, err).toBe(0);
    expect(out).toMatch(/has stopped/);
    expect(isAlive(worker)).toBe(false);
    expect(project.has('finished-1')).toBe(false);
    expect(project.outcomes()).toEqual(['killed']);
    expect(await project.status()).toMatchObject({ state: 'stopped', stale: false });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('ends what left the group of the worker, too', async () => {
    const project = useProject(`setsid sh -c 'touch stray; exec sleep 60' &
touch "began-$AUTOLOOP_ITERATION"; sleep 60`);
    await project.callLoop('start');
    await eventually('the stray process runs', () => project.has('stray'));
    expect(agentsOf(project).length).toBeGreaterThan(1);
    expect(await project.steer(command, ...flags)).toMatchObject({ code: 0 });
    expect(agentsOf(project)).toEqual([]);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('a plain stop', () => {
  it('of a loop whose runner died lets its worker finish, and collects it', async () => {
    const project = await useOrphanedLoop();
    const worker = project.workerPid();
    const stopping = project.begin('stop', '--task', 'prompt');
    await project.recorded('worker_adopt');
    expect(isAlive(worker)).toBe(true);
    project.letFinish(1);
    const { code, err } = await stopping.end;
    expect(code, err).toBe(0);
    expect(isAlive(worker)).toBe(false);
    expect(project.has('finished-1')).toBe(true);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(project.eventsNamed('loop_end')[0]?.details['reason']).toBe('stopped');
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('of a loop that died with its worker closes the iteration', async () => {
    const project = await useOrphanedLoop();
    processesOf(project).map(Number).forEach(kill);
    await eventually('all are dead', () => processesOf(project).length === 0);
    expect(await project.steer('status')).toMatchObject({ code: 4 });
    const { code, err } = await project.steer('stop');
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['interrupted']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('of a loop whose runner died only stops waiting at Ctrl-C: the worker lives on', async () => {
    const project = await useOrphanedLoop('--max', '1');
    const worker = project.workerPid();
    const stopping = project.begin('stop', '--task', 'prompt');
    await project.recorded('worker_adopt');
    stopping.child.kill('SIGINT');
    const { code, out } = await stopping.end;
    expect(code, out).toBe(130);
    expect(out).not.toContain('has stopped');
    expect(isAlive(worker)).toBe(true);
    expect(project.eventsNamed('iteration_end')).toEqual([]);
    project.letFinish(1);
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('of a loop whose runner died is one JSON document with --json', async () => {
    const project = await useOrphanedLoop();
    project.letFinish(1);
    const { code, out, err } = await project.steer('stop', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ loop: 'prompt', stopped: true });
  });

  it('of a loop that died in a wait ends the run', async () => {
    const project = useProject();
    await project.callLoop('start', '--interval', '1h');
    project.letFinish(1);
    await project.recorded('wait_start');
    await killRunner(project);
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
    const next = project.beginLoop('run', '--max', '1');
    project.letFinish(2);
    expect(await next.end).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it.each([[], ['--force']])(
    'of a loop whose owner file was lost reaches it %s',
    async (...flags) => {
      const project = await useStartedLoop();
      const pid = project.runnerPid();
      rmSync(project.data('loop.owner.json'));
      const stop = project.steer('stop', ...flags);
      await project.recorded('control');
      project.letFinish(1);
      const { code, out } = await stop;
      expect(code, out).toBe(0);
      expect(out).toContain('has stopped');
      await eventually('it has gone', () => !isAlive(pid));
      expectNothingLostOrPaidTwice(project, 1);
    },
  );

  it('of nothing says so, exits with 0 and makes nothing', async () => {
    const project = useProject();
    for (const flags of [[], ['--force'], ['--timeout', '1']]) {
      const { code, out, err } = await project.steer('stop', ...flags);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toMatch(/^Nothing to stop: loop "prompt" is not running\.\n$/);
    }
    const { out } = await project.steer('stop', '--json');
    expect(JSON.parse(out)).toEqual({ loop: 'prompt', stopped: false });
    expect(existsSync(project.path('data'))).toBe(false);
  });

  it('of a loop that has ended by itself says so, too', async () => {
    const project = useProject();
    project.letFinish(1);
    await project.callLoop('run', '--max', '1');
    const events = project.events().length;
    expect((await project.steer('stop')).out).toMatch(/^Nothing to stop/);
    expect(project.events()).toHaveLength(events);
  });
});

describe('stop --timeout', () => {
  it('lets the iteration finish where it does in time', async () => {
    const project = await useStartedLoop();
    const stopping = project.begin('stop', '--task', 'prompt', '--timeout', '60');
    await project.recorded('control');
    project.letFinish(1);
    expect(await stopping.end).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('ends the worker when the time is over', async () => {
    const project = await useStartedLoop();
    const { code, err } = await project.steer('stop', '--timeout', '1');
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['killed']);
    expect(project.eventsNamed('control')).toHaveLength(2);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('says what it does', async () => {
    const project = await useStartedLoop();
    const { out, err } = await project.steer('stop', '--timeout', '1');
    expect(err).toMatch(/Iteration 1 is finished first, or ended in [\d.]+m?s\./);
    expect(out).toBe('Loop "prompt" has stopped (iteration 1). Its worker was ended.\n');
  });

  it('ends the living worker of a loop whose runner died when the time is over', async () => {
    const project = await useOrphanedLoop();
    const worker = project.workerPid();
    const { code, err } = await project.steer('stop', '--timeout', '1');
    expect(code, err).toBe(0);
    expect(isAlive(worker)).toBe(false);
    expect(project.outcomes()).toEqual(['killed']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it.each(['soon', '-1', ''])('of "%s" is refused with 2 and stops nothing', async (value) => {
    const project = await useStartedLoop();
    const { code, err } = await project.steer('stop', `--timeout=${value}`);
    expect(code).toBe(2);
    expect(err).toContain(`--timeout is "${value}"`);
    expect(await project.status()).toMatchObject({ running: true, stopRequested: false });
  });
});

describe('restart', () => {
  it('finishes the iteration, then begins a new run in another process', async () => {
    const project = await useStartedLoop();
    const before = project.runnerPid();
    const restarting = project.beginLoop('restart', '--max', '5');
    await project.recorded('control');
    project.letFinish(1);
    const { code, out, err } = await restarting.end;
    expect(code, err).toBe(0);
    const after = project.runnerPid();
    expect(out).toContain(`pid ${after}.`);
    expect(after).not.toBe(before);
    expect(isAlive(before)).toBe(false);
    await project.began(2);
    expect((await project.status()).caps.maxIterations).toBe(5);
    expect(await project.steer('stop', '--force')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded', 'killed']);
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it('with --force ends the worker first', async () => {
    const project = await useStartedLoop();
    const worker = project.workerPid();
    expect(await project.callLoop('restart', '--force', '--max', '1')).toMatchObject({ code: 0 });
    expect(isAlive(worker)).toBe(false);
    project.letFinish(2);
    await project.recorded('loop_end', 2);
    expect(project.outcomes()).toEqual(['killed', 'succeeded']);
  });

  it('of nothing starts it', async () => {
    const project = useProject();
    const { code, err } = await project.callLoop('restart');
    expect(code, err).toBe(0);
    expect((await project.status()).running).toBe(true);
  });

  it('that could not start again leaves the living loop alone', async () => {
    const project = await useStartedLoop();
    const { code, err } = await project.callLoop(
      'restart',
      '--force',
      '--agent-command',
      './nobody.sh',
    );
    expect(code).toBe(151);
    expect(err).toContain('./nobody.sh');
    expect(await project.status()).toMatchObject({ running: true, stopRequested: false });
  });
});
