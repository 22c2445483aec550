import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashProject, expectNothingLostOrPaidTwice } from './crash-rig.ts';

const projects: CrashProject[] = [];

async function killedInWait(interval: number): Promise<CrashProject> {
  const project = new CrashProject({
    flags: ['--agent', 'command', '--max', '2', '--interval', String(interval)],
    agent: 'echo done',
  });
  projects.push(project);
  const life = await project.live(['run'], { DIE_IN_STATE: 'waiting.interval' });
  expect(life.signal, life.output).toBe('SIGKILL');
  return project;
}

afterAll(() => projects.forEach((project) => project.remove()));

describe.concurrent('a loop that was killed in an interval', () => {
  it('waits for the rest of an interval it was killed in', async () => {
    const project = await killedInWait(5);
    await sleep(1_000);
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 2);
    expect(secondsBetweenIterations(project)).toBeGreaterThanOrEqual(4.9);
    expect(secondsBetweenIterations(project)).toBeLessThan(5.8);
  }, 30_000);

  it('goes on at once where the interval ended while no runner lived', async () => {
    const project = await killedInWait(1);
    await sleep(1_500);
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 2);
    const [resumed] = project.eventsNamed('loop_resume');
    const second = project.eventsNamed('iteration_start')[1];
    expect(Date.parse(second?.timestamp ?? '') - Date.parse(resumed?.timestamp ?? '')).toBeLessThan(
      500,
    );
  }, 30_000);
});

function secondsBetweenIterations(project: CrashProject): number {
  const [first] = project.eventsNamed('iteration_end');
  const second = project.eventsNamed('iteration_start')[1];
  return (Date.parse(second?.timestamp ?? '') - Date.parse(first?.timestamp ?? '')) / 1000;
}
