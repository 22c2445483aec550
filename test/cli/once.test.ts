import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { killRunner, useOrphanedLoop, useProject, useStartedLoop } from './cli-project.ts';

describe('once', () => {
  it('runs exactly one iteration and does not wait after it', async () => {
    const project = useProject();
    project.letFinish(1);
    const { code, out, err } = await project.callLoop('once', '--interval', '1h', '--max', '9');
    expect(code, err).toBe(0);
    expect(out).toContain('iteration 1: succeeded');
    expect(project.eventsNamed('wait_start')).toEqual([]);
    expect((await project.status()).state).toBe('stopped');
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is a run of its own each time, and goes on counting', async () => {
    const project = useProject();
    project.letFinish(1);
    project.letFinish(2);
    expect(await project.callLoop('once')).toMatchObject({ code: 0 });
    expect(await project.callLoop('once')).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it.each([
    ['succeeded', 0, 'exit 0', []],
    ['failed', 151, 'exit 7', []],
    ['timed_out', 124, 'sleep 60', ['--timeout', '1', '--grace', '0']],
    ['idle_timed_out', 124, 'sleep 60', ['--idle-timeout', '1', '--grace', '0']],
    ['interrupted', 151, 'kill -KILL $$', ['--max-retries', '0']],
  ])('exits with the code of its outcome: %s %i', async (outcome, expected, agent, flags) => {
    const project = useProject(agent);
    const { code, out } = await project.callLoop('once', ...flags);
    expect(code, out).toBe(expected);
    expect(project.outcomes()).toEqual([outcome]);
    expectNothingLostOrPaidTwice(project, 1);
    expect((await project.status()).ended).toMatchObject({ reason: 'once', exitCode: expected });
    const { out: status } = await project.steer('status');
    expect(status).toMatch(
      new RegExp(`one iteration \\(once\\)\\s+ended\\s+exit code ${expected}\\s`),
    );
    expect(status).not.toContain('(--max)');
  });

  it('exits with 130 when its worker is ended by the second Ctrl-C', async () => {
    const project = useProject();
    const once = project.beginLoop('once');
    await project.began(1);
    for (const times of [1, 2]) {
      once.child.kill('SIGINT');
      await project.recorded('signal', times);
    }
    expect(await once.end).toMatchObject({ code: 130, signal: null });
    expect(project.outcomes()).toEqual(['killed']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('exits with 143 when it is ended by stop --force', async () => {
    const project = useProject();
    const once = project.beginLoop('once');
    await project.began(1);
    expect(await project.steer('stop', '--force')).toMatchObject({ code: 0 });
    expect(await once.end).toMatchObject({ code: 143, signal: null });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('does not run beside a living loop', async () => {
    const project = await useStartedLoop();
    const { code, err } = await project.callLoop('once');
    expect(code).toBe(152);
    expect(err).toContain(`pid ${project.runnerPid()}`);
    expect(project.ledger()).toHaveLength(1);
  });
});

describe('once on an unfinished run', () => {
  it('performs its open iteration by adopting the worker, and leaves the run resumable', async () => {
    const project = await useOrphanedLoop('--max', '2', '--interval', '1h');
    const worker = project.workerPid();
    const once = project.beginLoop('once', '--max', '2', '--interval', '1h');
    await project.recorded('worker_adopt');
    expect(isAlive(worker)).toBe(true);
    project.letFinish(1);
    const { code, err } = await once.end;
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(project.eventsNamed('loop_end')).toEqual([]);
    expect(await project.steer('status')).toMatchObject({ code: 4 });

    project.letFinish(2);
    const next = await project.callLoop('once', '--max', '2', '--interval', '1h');
    expect(next.code, next.err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    const rest = await project.callLoop('run', '--max', '2', '--interval', '0');
    expect(rest.code, rest.err).toBe(0);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('does not wait for the rest of its interval', async () => {
    const project = useProject();
    await project.callLoop('start', '--interval', '1h');
    project.letFinish(1);
    await project.recorded('wait_start');
    await killRunner(project);
    project.letFinish(2);
    const { code, err } = await project.callLoop('once', '--interval', '1h');
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expect(project.eventsNamed('loop_end'), 'the run is left unfinished').toEqual([]);
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 2);
  });
});

describe('--fresh', () => {
  it('ends the living worker of an unfinished run, closes its iteration and begins a new run', async () => {
    const project = await useOrphanedLoop('--max', '5');
    const worker = project.workerPid();
    project.letFinish(2);
    const { code, out, err } = await project.callLoop('run', '--fresh', '--max', '1');
    expect(code, err).toBe(0);
    expect(out.match(/^Loop "prompt"/gm), 'the start is told once').toHaveLength(1);
    expect(isAlive(worker)).toBe(false);
    expect(project.has('finished-1')).toBe(false);
    expect(project.outcomes()).toEqual(['killed', 'succeeded']);
    expect(project.eventsNamed('loop_end').map(({ details }) => details['reason'])).toEqual([
      'stopped',
      'max_iterations',
    ]);
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it('keeps the real result where the worker had ended meanwhile', async () => {
    const project = await useOrphanedLoop();
    const worker = project.workerPid();
    project.letFinish(1);
    await eventually('the worker ends', () => !isAlive(worker));
    project.letFinish(2);
    expect(await project.callLoop('once', '--fresh')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it('is taken by start, too', async () => {
    const project = await useOrphanedLoop();
    const { code, err } = await project.callLoop('start', '--fresh', '--max', '1');
    expect(code, err).toBe(0);
    const pid = project.runnerPid();
    project.letFinish(2);
    await eventually('it reaches its --max', () => !isAlive(pid));
    expect(project.outcomes()).toEqual(['killed', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 2, 2);
  });

  it('that is left while the old worker ends begins nothing new', async () => {
    // It does not hear TERM, so that its end takes the whole grace.
    const project = useProject(`trap '' TERM
[ "$AUTOLOOP_ITERATION" = 1 ] || exit 0
touch began-1
waits=0; while [ $waits -lt 1200 ]; do sleep 0.05; waits=$((waits + 1)); done`);
    await project.callLoop('start', '--grace', '60');
    await project.began(1);
    await project.recorded('worker_start');
    await killRunner(project);
    const fresh = project.beginLoop('run', '--fresh', '--max', '1', '--grace', '60');
    await project.recorded('control');
    fresh.child.kill('SIGHUP');
    expect(await fresh.end).toMatchObject({ code: 129, signal: null });
    expect(project.eventsNamed('loop_start')).toHaveLength(1);
    expect(project.eventsNamed('iteration_end')).toEqual([]);
    expect(await project.steer('status')).toMatchObject({ code: 4 });
  });

  it('changes nothing where no run is unfinished', async () => {
    const project = useProject();
    project.letFinish(1);
    expect(await project.callLoop('run', '--fresh', '--max', '1')).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 1);
  });
});
