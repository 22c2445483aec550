import { existsSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { useProject, type Calling, type CliProject } from './cli-project.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

describe.each(SIGNALS)('%s to a foreground run', (signal) => {
  it('lets the iteration finish, then ends the run with 0', async () => {
    const { project, run } = await working();
    run.child.kill(signal);
    await project.recorded('signal');
    project.letFinish(1);
    const { code, out, err } = await run.end;
    expect(code, err).toBe(0);
    expect(out).toContain(`${signal}: finishing the iteration`);
    expect(project.has('finished-1')).toBe(true);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(signalsIn(project)).toEqual([signal]);
    expect(endingOf(project)).toBe('stopped');
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('the second time ends the worker', async () => {
    const { project, run } = await working();
    run.child.kill(signal);
    await project.recorded('signal');
    run.child.kill(signal);
    const { code, out, err } = await run.end;
    expect(code, err).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(out).toContain(`${signal}: ending the worker; once more leaves at once`);
    expect(project.has('finished-1')).toBe(false);
    expect(project.outcomes()).toEqual(['killed']);
    expect(signalsIn(project)).toEqual([signal, signal]);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('in a wait ends the run at once', async () => {
    const project = useProject();
    const run = project.beginLoop('run', '--interval', '1h');
    project.letFinish(1);
    await project.recorded('wait_start');
    run.child.kill(signal);
    expect(await run.end).toMatchObject({ code: 0, signal: null });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('the third time leaves at once, and the next run goes on', async () => {
    // Its worker takes its time to end: it does not hear TERM.
    const project = useProject(`trap '' TERM; touch "began-$AUTOLOOP_ITERATION"
waits=0
while [ ! -e leave ] && [ $waits -lt 1200 ]; do sleep 0.05; waits=$((waits + 1)); done`);
    const run = project.beginLoop('run', '--grace', '60');
    await project.began(1);
    await project.recorded('worker_start');
    for (const times of [1, 2]) {
      run.child.kill(signal);
      await project.recorded('signal', times);
    }
    run.child.kill(signal);
    expect(await run.end).toMatchObject({ code: 130, signal: null });
    expect(project.eventsNamed('iteration_end')).toEqual([]);
    expect(isAlive(project.workerPid()), 'the worker lives on').toBe(true);
    expect(await project.steer('status')).toMatchObject({ code: 4 });
    project.write('leave', '');
    const next = await project.callLoop('run', '--max', '1');
    expect(next.code, next.err).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('a signal of the terminal, to the whole group of a run', () => {
  it('does not reach the worker: Ctrl-C', async () => {
    const { project, run } = await working();
    process.kill(-Number(run.child.pid), 'SIGINT');
    await project.recorded('signal');
    project.letFinish(1);
    expect(await run.end).toMatchObject({ code: 0, signal: null });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('does not reach the worker: its window is closed', async () => {
    const { project, run } = await working('--max', '1');
    const worker = project.workerPid();
    process.kill(-Number(run.child.pid), 'SIGHUP');
    expect(await run.end).toMatchObject({ code: 129, signal: null });
    expect(isAlive(worker)).toBe(true);
    project.letFinish(1);
    expect(await project.callLoop('run', '--max', '1')).toMatchObject({ code: 0 });
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('SIGHUP to a foreground run', () => {
  it('leaves the worker to itself with 129, and the next run adopts it', async () => {
    const { project, run } = await working('--max', '2', '--interval', '0');
    const worker = project.workerPid();
    run.child.kill('SIGHUP');
    expect(await run.end).toMatchObject({ code: 129, signal: null });
    expect(isAlive(worker), 'the worker lives on').toBe(true);
    expect(existsSync(project.data('loop.pid'))).toBe(false);
    expect(project.eventsNamed('loop_end')).toEqual([]);
    const left = await project.steer('status', '--json');
    expect(left.code).toBe(4);
    expect(JSON.parse(left.out)).toMatchObject({ running: false, stale: true, iteration: 1 });

    const next = project.beginLoop('run', '--max', '2', '--interval', '0');
    await project.recorded('worker_adopt');
    expect(project.workerPid(), 'it is the same worker').toBe(worker);
    const [resumed] = project.eventsNamed('loop_resume');
    expect(resumed?.details).toEqual({ from_state: 'running.working', reason: 'hangup' });
    project.letFinish(1);
    project.letFinish(2);
    const { code, err } = await next.end;
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expect(project.ledger()).toHaveLength(2);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('lets the next run collect what the worker did meanwhile', async () => {
    const { project, run } = await working('--max', '1');
    const worker = project.workerPid();
    run.child.kill('SIGHUP');
    await run.end;
    project.letFinish(1);
    await eventually('the worker ends', () => !isAlive(worker));
    const { code, err } = await project.callLoop('run', '--max', '1');
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    expect(project.ledger()).toHaveLength(1);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('a run whose iterations start no worker', () => {
  it.each(SIGNALS)('hears %s between them, however quick they are', async (signal) => {
    const project = useProject();
    mkdirSync(project.path('tasks', 'quick'), { recursive: true });
    project.write('tasks/quick/quick.md', 'Nothing.\n');
    project.write(
      'tasks/quick/task.mjs',
      `export default { name: 'quick', selectTarget() { throw new Error('broken') },
        promptCandidates: () => ['quick.md'], runWorker: () => null };`,
    );
    const run = project.begin('run', '--task', 'quick', '--interval', '0');
    await eventually('it goes round', () => run.printed().includes('iteration 2'));
    run.child.kill(signal);
    expect(await run.end).toMatchObject({ code: 0, signal: null });
    expect(run.printed()).toContain('broken');
  });
});

describe('SIGHUP to a run under nohup', () => {
  it('is ignored', async () => {
    const project = useProject();
    project.through = ['sh', '-c', 'trap "" HUP; exec "$@"', 'sh'];
    const run = project.beginLoop('run', '--max', '1');
    await project.began(1);
    run.child.kill('SIGHUP');
    await project.steer('status');
    project.letFinish(1);
    expect(await run.end).toMatchObject({ code: 0, signal: null });
    expect(signalsIn(project)).toEqual([]);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('a started loop', () => {
  it('finishes its iteration when the system asks it to end', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    const pid = project.runnerPid();
    process.kill(pid, 'SIGTERM');
    await project.recorded('signal');
    expect(isAlive(pid)).toBe(true);
    project.letFinish(1);
    await eventually('the loop ends', () => !isAlive(pid));
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

/** A foreground run whose first agent works. */
async function working(...flags: string[]): Promise<{ project: CliProject; run: Calling }> {
  const project = useProject();
  const run = project.beginLoop('run', ...flags);
  await project.began(1);
  await project.recorded('worker_start');
  return { project, run };
}

function signalsIn(project: CliProject): unknown[] {
  return project.eventsNamed('signal').map(({ details }) => details['name']);
}

function endingOf(project: CliProject): unknown {
  return project.eventsNamed('loop_end')[0]?.details['reason'];
}
