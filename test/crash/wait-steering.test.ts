import type { ChildProcess } from 'node:child_process';
import { describe, expect, it, type TestContext } from 'vitest';
import { ended, eventually, expectNothingLostOrPaidTwice, type Life } from './crash-rig.ts';
import { endOfWait, momentOf, useSteeredProject, type SteeredProject } from './steered-project.ts';

const INTERVAL_SECONDS = 5;
/** For what has to end a wait: nothing is as slow as this wait is long. */
const LONG_SECONDS = 600;
/** What a resumed runner may take from the end of a wait to the next iteration, on a busy machine. */
const SLACK_MS = 2_500;

describe.concurrent('an interval whose runner was killed, in the run that goes on with it', () => {
  it('paused, stays paused over a further kill, and waits for the rest after resume', async (test) => {
    const { project, run } = await resumedInInterval(test, 8);
    await pauseAndKill(project, run);
    const again = begin(project);
    await project.recorded('loop_resume', 2);
    expect(await project.status()).toMatchObject({ state: 'waiting.paused', paused: true });
    expect(await project.steerLoop('resume')).toMatchObject({ code: 0 });
    const resumed = Date.now();
    expect(await again.end).toMatchObject({ code: 0 });
    const until = endOfWait(project, 'interval');
    expect(secondIteration(project)).toBeGreaterThanOrEqual(until);
    expect(secondIteration(project)).toBeLessThan(Math.max(until, resumed) + SLACK_MS);
    expect(endOfWait(project, 'interval', 2), 'the same wait goes on').toBe(until);
    expect(project.told('wait_end', 'how')).toEqual(['paused', 'resumed', 'over']);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('paused, starts nothing after the wait is past, and goes on at once at resume', async (test) => {
    const { project, run } = await resumedInInterval(test, 3);
    await pauseAndKill(project, run);
    const again = begin(project);
    await project.recorded('loop_resume', 2);
    const until = endOfWait(project, 'interval');
    await eventually('the former wait is past', () => Date.now() > until + 500);
    expect(await project.status()).toMatchObject({ state: 'waiting.paused', paused: true });
    expect(project.ledger(), 'nothing was started').toHaveLength(1);
    const asked = Date.now();
    expect(await project.steerLoop('resume')).toMatchObject({ code: 0 });
    expect(await again.end).toMatchObject({ code: 0 });
    expect(secondIteration(project)).toBeGreaterThanOrEqual(asked);
    expect(secondIteration(project)).toBeLessThan(asked + SLACK_MS);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('paused and killed again, is gone on with by resume alone', async (test) => {
    const { project, run } = await resumedInInterval(test, 3);
    await pauseAndKill(project, run);
    const resumed = await project.live(['resume']);
    expect(resumed.code, resumed.output).toBe(0);
    await project.recorded('loop_end');
    await gone(project);
    expect(secondIteration(project)).toBeGreaterThanOrEqual(endOfWait(project, 'interval'));
    expect(project.told('control', 'command')).toEqual(['pause', 'resume']);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('paused, is ended by stop at once', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    expect(await project.steerLoop('pause')).toMatchObject({ code: 0 });
    expect(await project.steerLoop('stop')).toMatchObject({ code: 0 });
    expectStoppedInWait(project, await run.end);
    expect(project.told('wait_end', 'kind')).toEqual(['interval', 'pause']);
  });

  it('paused and killed again, is ended by stop in the life after', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    await pauseAndKill(project, run);
    const again = begin(project);
    await project.recorded('loop_resume', 2);
    expect(await project.steerLoop('stop')).toMatchObject({ code: 0 });
    expectStoppedInWait(project, await again.end);
  });

  it('is ended by stop at once', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    expect(await project.steerLoop('stop')).toMatchObject({ code: 0 });
    expectStoppedInWait(project, await run.end);
    expect(project.told('wait_end', 'how')).toEqual(['stopped']);
  });

  it('is ended by a signal at once', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    run.child.kill('SIGTERM');
    expectStoppedInWait(project, await run.end);
  });

  it('is ended by skip-wait, and the next iteration begins at once', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    const asked = Date.now();
    expect(await project.steerLoop('skip-wait')).toMatchObject({ code: 0 });
    expect(await run.end).toMatchObject({ code: 0 });
    expect(secondIteration(project)).toBeLessThan(asked + SLACK_MS);
    expect(secondIteration(project)).toBeLessThan(endOfWait(project, 'interval'));
    expect(project.told('wait_end', 'how')).toEqual(['skipped']);
    expectNothingLostOrPaidTwice(project, 2);
  });

  it('goes on after a hangup, too', async (test) => {
    const { project, run } = await resumedInInterval(test);
    run.child.kill('SIGHUP');
    expect(await run.end).toMatchObject({ code: 129, signal: null });
    expect(project.eventsNamed('loop_end')).toEqual([]);
    const last = await project.live();
    expect(last.code, last.output).toBe(0);
    const until = endOfWait(project, 'interval');
    expect(secondIteration(project)).toBeGreaterThanOrEqual(until);
    expect(secondIteration(project)).toBeLessThan(until + SLACK_MS);
    expectNothingLostOrPaidTwice(project, 2);
  });
});

describe.concurrent('stop of a loop that is dead', () => {
  it('and was in an interval ends the run and starts nothing', async (test) => {
    const project = await killedInInterval(test, LONG_SECONDS);
    expect(await project.steerLoop('status')).toMatchObject({ code: 4 });
    const { code, output } = await project.steerLoop('stop');
    expect(code, output).toBe(0);
    await expectEnded(project);
  });

  it('and was paused ends the run and starts nothing', async (test) => {
    const { project, run } = await resumedInInterval(test, LONG_SECONDS);
    await pauseAndKill(project, run);
    const { code, output } = await project.steerLoop('stop');
    expect(code, output).toBe(0);
    await expectEnded(project);
  });

  it('and whose wait is past all the same starts nothing', async (test) => {
    const project = await killedInInterval(test, 1);
    const { wait } = await project.status();
    expect(wait).toMatchObject({ kind: 'interval' });
    const until = Date.parse(wait?.until ?? '');
    await eventually('the wait is past', () => Date.now() > until);
    const { code, output } = await project.steerLoop('stop');
    expect(code, output).toBe(0);
    await expectEnded(project);
  });
});

interface Run {
  readonly child: ChildProcess;
  readonly end: Promise<Life>;
}

/** A loop of two iterations whose runner was killed in the wait between them. */
async function killedInInterval(
  test: TestContext,
  interval = INTERVAL_SECONDS,
): Promise<SteeredProject> {
  const project = useSteeredProject(test, {
    flags: ['--agent', 'command', '--max', '2', '--interval', String(interval)],
    agent: 'echo done',
  });
  const life = await project.live(['run'], { DIE_IN_STATE: 'waiting.interval' });
  expect(life.signal, life.output).toBe('SIGKILL');
  return project;
}

async function resumedInInterval(
  test: TestContext,
  interval = INTERVAL_SECONDS,
): Promise<{ project: SteeredProject; run: Run }> {
  const project = await killedInInterval(test, interval);
  const run = begin(project);
  await project.recorded('loop_resume');
  return { project, run };
}

function begin(project: SteeredProject): Run {
  const child = project.start();
  return { child, end: ended(child) };
}

async function pauseAndKill(project: SteeredProject, { child, end }: Run): Promise<void> {
  expect(await project.steerLoop('pause')).toMatchObject({ code: 0 });
  expect(await project.status()).toMatchObject({
    ...{ state: 'waiting.paused', paused: true },
    wait: { kind: 'pause', until: null },
  });
  child.kill('SIGKILL');
  expect((await end).signal).toBe('SIGKILL');
}

/** Epoch ms. */
function secondIteration(project: SteeredProject): number {
  return momentOf(project.eventsNamed('iteration_start')[1]);
}

function expectStoppedInWait(project: SteeredProject, life: Life): void {
  expect(life.code, life.output).toBe(0);
  expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
  expect(momentOf(project.eventsNamed('loop_end')[0]), 'it did not wait').toBeLessThan(
    endOfWait(project, 'interval'),
  );
  expectNothingLostOrPaidTwice(project, 1);
}

async function expectEnded(project: SteeredProject): Promise<void> {
  expect(project.told('loop_end', 'reason')).toEqual(['stopped']);
  expect(await project.steerLoop('status')).toMatchObject({ code: 3 });
  expect(await project.status()).toMatchObject({ state: 'stopped', running: false, stale: false });
  expectNothingLostOrPaidTwice(project, 1);
}

/** The detached runner writes its last event before it has gone. */
async function gone(project: SteeredProject): Promise<void> {
  for (let state = ''; state !== 'stopped';) {
    ({ state } = await project.status());
  }
}
