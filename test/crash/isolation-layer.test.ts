import { existsSync } from 'node:fs';
import { describe, expect, it, type TestContext } from 'vitest';
import { ended, eventually, expectNothingLostOrPaidTwice } from './crash-rig.ts';
import { agentsOf } from './end-project.ts';
import { useSteeredProject, type SteeredProject } from './steered-project.ts';

/** The first agent works for as long as nobody ends it, a helper beside it. */
const HANGS_FIRST = `[ "$AUTOLOOP_ITERATION-$AUTOLOOP_ATTEMPT" = 1-1 ] || exit 0
sleep 600 &
touch agent
wait`;

describe.concurrent('an isolation layer that is killed', () => {
  it('takes its tree along, and the loop tries again', async (test) => {
    const project = hangingLoop(test);
    const end = ended(project.start());
    await working(project);
    killLayer(project);
    expect(await end).toMatchObject({ code: 0 });
    expectInterruptedOnce(project);
  });

  it('after its runner is found out by the next one', async (test) => {
    const project = await orphanedLoop(test);
    killLayer(project);
    const next = await project.live();
    expect(next.code, next.output).toBe(0);
    expect(project.eventsNamed('loop_resume')).toHaveLength(1);
    expectInterruptedOnce(project);
  });

  it('under a runner that has adopted it, is noticed all the same', async (test) => {
    const project = await orphanedLoop(test);
    const next = ended(project.start());
    await project.recorded('worker_adopt');
    killLayer(project);
    expect(await next).toMatchObject({ code: 0 });
    expectInterruptedOnce(project);
  });

  it('is closed by stop where no runner lives', async (test) => {
    const project = await orphanedLoop(test);
    killLayer(project);
    expect(await project.steerLoop('stop')).toMatchObject({ code: 0 });
    expect(project.told('iteration_end', 'outcome')).toEqual(['interrupted']);
    expect(agentsOf(project)).toEqual([]);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

function hangingLoop(test: TestContext): SteeredProject {
  return useSteeredProject(test, {
    flags: ['--agent', 'command', '--max', '2', '--interval', '0'],
    agent: HANGS_FIRST,
  });
}

/** One whose worker has outlived its runner. */
async function orphanedLoop(test: TestContext): Promise<SteeredProject> {
  const project = hangingLoop(test);
  const runner = project.start();
  const end = ended(runner);
  await working(project);
  runner.kill('SIGKILL');
  expect((await end).signal).toBe('SIGKILL');
  return project;
}

async function working(project: SteeredProject): Promise<void> {
  await project.recorded('worker_start');
  await eventually('its agent works', () => existsSync(project.path('agent')));
}

function killLayer(project: SteeredProject): void {
  const pid = project.told('worker_start', 'pid')[0];
  expect(pid).toBeTypeOf('number');
  process.kill(Number(pid), 'SIGKILL');
}

/** The attempt is over; what is tried again is another one, with its own number. */
function expectInterruptedOnce(project: SteeredProject): void {
  expect(project.told('worker_end', 'outcome')).toEqual(['interrupted', 'succeeded', 'succeeded']);
  expect(project.told('iteration_end', 'outcome')).toEqual(['succeeded', 'succeeded']);
  expect(project.told('iteration_end', 'attempts')).toEqual([2, 1]);
  expect(agentsOf(project)).toEqual([]);
  expectNothingLostOrPaidTwice(project, 2);
}
