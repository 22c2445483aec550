import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useProject, type CliProject } from '../cli/cli-project.ts';
import { eventually, expectNothingLostOrPaidTwice, processesOf } from './crash-rig.ts';

// A machine cannot be suspended here. Its processes can be stopped, all of them, while both clocks go on: more than a
// suspended machine does to them, whose monotonic clock stands still.

describe.concurrent('a loop that was suspended', () => {
  it('goes on where it was when its machine wakes up in the middle of an iteration', async (test) => {
    const project = useProject(undefined, test);
    const run = project.beginLoop('run', '--max', '1', '--idle-timeout', '4');
    await project.began(1);
    await project.recorded('worker_start');
    await suspend(project, 8_000);
    project.letFinish(1);
    const { code, err } = await run.end;
    expect(code, err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('lets an attempt time out in good order when its time has run out meanwhile', async (test) => {
    const project = useProject(
      `trap 'touch asked' TERM; touch "began-$AUTOLOOP_ITERATION"
until [ -e asked ]; do sleep 0.05; done; sleep 1; touch tidied`,
      test,
    );
    const run = project.beginLoop('run', '--max', '1', '--timeout', '6', '--grace', '30');
    await project.began(1);
    await project.recorded('worker_start');
    await suspend(project, 8_000);
    const { code, err } = await run.end;
    expect(code, err).toBe(0);
    expect(project.has('tidied'), 'its agent had its grace').toBe(true);
    expect(project.outcomes()).toEqual(['timed_out']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('ends a wait that was over before it woke up', async (test) => {
    const project = useProject(undefined, test);
    const run = project.beginLoop('run', '--max', '2', '--interval', '4');
    project.letFinish(1);
    project.letFinish(2);
    await project.recorded('wait_start');
    await suspend(project, 6_000);
    const wokenAt = performance.now();
    await project.began(2);
    expect(performance.now() - wokenAt).toBeLessThan(3_500);
    expect(await run.end).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 2);
  });
});

async function suspend(project: CliProject, ms: number): Promise<void> {
  const stopped = new Set<number>();
  // What is started while others are stopped is found by the next look.
  await eventually('all of its processes are stopped', () => {
    const found = processesOf(project).map(Number);
    const fresh = found.filter((pid) => !stopped.has(pid));
    fresh.forEach((pid) => stopped.add(pid) && send(pid, 'SIGSTOP'));
    return stopped.size > 0 && fresh.length === 0;
  });
  await sleep(ms);
  stopped.forEach((pid) => send(pid, 'SIGCONT'));
}

/** What the agent runs from time to time may have ended before it was stopped. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Then there is nothing to stop.
  }
}
