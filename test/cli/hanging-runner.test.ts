import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { startLoop, useProject } from './cli-project.ts';

/** It lives, holds its lock, and hears nothing. */
describe.concurrent('a runner that hangs', () => {
  it('is ended by stop --force, with its worker', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pids = [project.runnerPid(), project.workerPid()];
    process.kill(project.runnerPid(), 'SIGSTOP');
    const { code, err } = await project.steer('stop', '--force');
    expect(code, err).toBe(0);
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect(project.outcomes()).toEqual(['killed']);
    expect(await project.status()).toMatchObject({ state: 'stopped', stale: false });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is ended by stop --timeout when the time is over', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pids = [project.runnerPid(), project.workerPid()];
    process.kill(project.runnerPid(), 'SIGSTOP');
    const { code, err } = await project.steer('stop', '--timeout', '1');
    expect(code, err).toBe(0);
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect(project.outcomes()).toEqual(['killed']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is told by a plain stop, which is done when it goes on', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    const stopping = project.begin('stop', '--task', 'prompt');
    await eventually('it says so', () => stopping.complained().includes('does not answer'));
    expect(stopping.complained()).toContain('autoloop stop --force --task prompt');
    project.letFinish(1);
    process.kill(pid, 'SIGCONT');
    expect(await stopping.end).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is told by attach, which shows more when it goes on', async (test) => {
    const project = await startLoop(useProject(undefined, test), '--max', '1');
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    const attached = project.begin('attach', '--task', 'prompt');
    await eventually('it says so', () => attached.complained().includes('does not answer'));
    expect(attached.complained()).toContain('autoloop stop --force --task prompt');
    project.letFinish(1);
    process.kill(pid, 'SIGCONT');
    const { code, out } = await attached.end;
    expect(code).toBe(0);
    expect(out).toContain('Ended: reached --max');
  });

  it('is told by who cannot steer it, with what ends it', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    const { code, err } = await project.steer('pause');
    expect(code).toBe(1);
    expect(err).toContain(`(pid ${pid}) lives, but does not answer`);
    expect(err).toContain('autoloop stop --force --task prompt');
    expect(isAlive(pid)).toBe(true);
  });
});
