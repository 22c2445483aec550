import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type CrashProject,
  eventually,
  expectNothingLostOrPaidTwice,
  processesOf,
} from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { killRunner, useProject, useStartedLoop, type CliProject } from './cli-project.ts';

describe('status of a started loop', () => {
  it('tells its worker while one works, with the pid that worker_start told', async () => {
    const project = useProject();
    await project.callLoop('start', '--max', '3');
    await project.began(1);
    await project.recorded('worker_start');
    const { code, out } = await project.steer('status', '--json');
    expect(code).toBe(0);
    const [start] = project.eventsNamed('worker_start');
    const pid = start?.details['pid'];
    expect(JSON.parse(out)).toMatchObject({
      ...{ task: 'prompt', loop: 'prompt', state: 'running.working', running: true, stale: false },
      ...{ pid: project.runnerPid(), iteration: 1, stopRequested: false, paused: false },
      ...{ worker: { pid, agent: 'command', attempt: 1 }, wait: null, ended: null },
      ...{ caps: { maxIterations: 3 }, dataDir: project.data(), responding: true },
    });
    expect(isAlive(Number(pid))).toBe(true);
  });

  it('tells a person what it does, and exits with 0', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    const { code, out, err } = await project.steer('status');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(String(project.runnerPid()));
    expect(out).toMatch(/iteration\s+1/i);
  });
});

describe('pause', () => {
  it('lets what runs finish, then waits for resume, which begins the next iteration', async () => {
    const project = useProject();
    await project.callLoop('start', '--max', '2', '--interval', '0');
    await project.began(1);
    const paused = await project.steer('pause');
    expect(paused.code).toBe(0);
    expect(paused.out).toMatch(/finished first[\s\S]*autoloop resume/);
    expect(await project.status()).toMatchObject({ state: 'running.working', paused: true });
    project.letFinish(1);
    await project.recorded('iteration_end');
    await inState(project, 'waiting.paused');
    const waiting = await project.status();
    expect(waiting).toMatchObject({
      paused: true,
      worker: null,
      wait: { kind: 'pause', until: null },
    });
    expect(project.outcomes()).toEqual(['succeeded']);
    const pid = project.runnerPid();

    const resumed = await project.steer('resume');
    expect(resumed.code).toBe(0);
    await project.began(2);
    expect(await project.status()).toMatchObject({ state: 'running.working', paused: false, pid });
    project.letFinish(2);
    await eventually('the loop ends', () => !isAlive(pid));
    expectNothingLostOrPaidTwice(project, 2);
    expect(commandsIn(project)).toEqual(['pause', 'resume']);
    expect(waitsOf(project)).toContain('pause');
  });

  it('that is lifted before the iteration is over leaves no trace in its course', async () => {
    const project = useProject();
    await project.callLoop('start', '--max', '2', '--interval', '0');
    await project.began(1);
    await project.steer('pause');
    await project.steer('resume');
    project.letFinish(1);
    await project.began(2);
    expect(waitsOf(project)).toEqual(['interval']);
  });

  it('is told as status with --json', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    const { code, out } = await project.steer('pause', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ running: true, paused: true, iteration: 1 });
  });
});

describe('skip-wait', () => {
  it('ends a long interval at once', async () => {
    const project = useProject();
    await project.callLoop('start', '--interval', '1h');
    project.letFinish(1);
    await project.recorded('iteration_end');
    await inState(project, 'waiting.interval');
    const { wait } = await project.status();
    expect(wait).toEqual({ kind: 'interval', until: expect.stringMatching(/^\d{4}-.*Z$/) });
    const { code } = await project.steer('skip-wait');
    expect(code).toBe(0);
    await project.began(2);
    expect(project.eventsNamed('wait_end').map(({ details }) => details['how'])).toEqual([
      'skipped',
    ]);
    expect(commandsIn(project)).toEqual(['skip-wait']);
  });
});

describe('skip-wait where there is no wait', () => {
  it('says so', async () => {
    const project = await useStartedLoop('--max', '1');
    const { code, out } = await project.steer('skip-wait');
    expect({ code, out }).toEqual({
      ...{ code: 0, out: 'There is no wait to skip: the loop has a worker at work.\n' },
    });
    project.letFinish(1);
  });
});

describe('stop of a started loop', () => {
  it('returns when the iteration is finished and the runner is gone', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    const pid = project.runnerPid();
    const stopping = project.begin('stop', '--task', 'prompt');
    await project.recorded('control');
    expect((await project.status()).stopRequested).toBe(true);
    expect(stopping.child.exitCode, 'it waits').toBeNull();
    project.letFinish(1);
    const { code, out, err } = await stopping.end;
    expect(isAlive(pid), 'gone when stop returns').toBe(false);
    expect(existsSync(project.data('loop.pid'))).toBe(false);
    expect(code, err).toBe(0);
    expect(err).toMatch(/Iteration 1 is finished first[\s\S]*autoloop stop --force/);
    expect(out).toMatch(/has stopped/);
    expect(await project.status()).toMatchObject({
      ...{ state: 'stopped', running: false, stale: false, pid: null, worker: null },
      ended: { reason: 'stopped', exitCode: 0 },
    });
    expect(project.has('finished-1')).toBe(true);
    expectNothingLostOrPaidTwice(project, 1);
    expect(commandsIn(project)).toEqual(['stop']);
  });

  it('ends a wait at once', async () => {
    const project = useProject();
    await project.callLoop('start', '--interval', '1h');
    project.letFinish(1);
    await project.recorded('wait_start');
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('ends a pause at once', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    await project.steer('pause');
    project.letFinish(1);
    await project.recorded('iteration_end');
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('left with Ctrl-C goes on without whoever waited', async () => {
    const project = useProject();
    await project.callLoop('start');
    await project.began(1);
    const pid = project.runnerPid();
    const stopping = project.begin('stop', '--task', 'prompt');
    await project.recorded('control');
    stopping.child.kill('SIGINT');
    await stopping.end;
    expect(isAlive(pid)).toBe(true);
    expect(project.has('finished-1')).toBe(false);
    project.letFinish(1);
    await eventually('the loop stops', () => !isAlive(pid));
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe('note', () => {
  it('reaches the next prompt of a living loop, once', async () => {
    const project = useProject('echo done');
    await project.steer('note', 'Leave the tests alone');
    await project.callLoop('start', '--max', '2', '--interval', '0');
    await project.recorded('loop_end');
    const prompts = [1, 2].map((iteration) => project.promptOf(iteration));
    expect(prompts[0]).toContain('Leave the tests alone');
    expect(prompts[1]).not.toContain('Leave the tests alone');
  });
});

describe('note for a task that there is not', () => {
  it('is refused and makes nothing', async () => {
    const project = useProject();
    const { code, err } = await project.call('note', '--task', 'nope', 'hello');
    expect(code).toBe(150);
    expect(err).toMatch(
      /There is no task "nope".*\nName one of them with --task: demo, prompt, resource-improvement, scenario-improvement\./,
    );
    expect(project.has('data')).toBe(false);
  });
});

describe('a run whose runner was killed', () => {
  const FLAGS = ['--max', '2', '--interval', '0', '--grace', '7'];

  it('is gone on with by the very command that status tells, with all its flags', async () => {
    const project = await useStartedLoop(...FLAGS);
    await killRunner(project);
    const { out } = await project.steer('status');
    const told = /go on: (\S+ resume .*?); or/s.exec(out.replaceAll(/\s+/g, ' '))?.[1] ?? '';
    const words = told.split(' ').slice(1);
    expect(words.join(' ')).toBe(
      'resume --prompt PROMPT.md --interval 0 --max 2 --grace 7 --agent command --agent-command ./agent.sh',
    );
    expect(await project.call(...words)).toMatchObject({ code: 0 });
    project.letFinish(1);
    project.letFinish(2);
    await eventually('it reaches its --max', () => project.eventsNamed('loop_end').length === 1);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expect(project.eventsNamed('warning')).toEqual([]);
  });

  it('says so where it goes on with other flags', async () => {
    const project = await useStartedLoop(...FLAGS);
    await killRunner(project);
    const run = project.beginLoop('run', '--max', '1', '--interval', '0');
    project.letFinish(1);
    const { out } = await run.end;
    expect(out).toContain('the run goes on with other flags; before it had --max 2 --grace 7');
    expect(project.eventsNamed('warning')[0]?.details).toMatchObject({ code: 'other_flags' });
  });
});

describe('where nothing runs', () => {
  it.each(['pause', 'resume', 'skip-wait', 'attach'])(
    '%s exits with 3 and says how to start',
    async (command) => {
      const project = useProject();
      const { code, out, err } = await project.steer(command);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toMatch(/"prompt" is not running\.[\s\S]*autoloop start --prompt PROMPT\.md/);
      expect(existsSync(project.path('data')), 'nothing is made').toBe(false);
    },
  );

  it('says so as one JSON object with --json', async () => {
    const { code, out, err } = await useProject().steer('pause', '--json');
    expect({ code, err }).toEqual({ code: 3, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 3,
        message: expect.stringMatching(/not running/),
        fix: expect.stringMatching(/autoloop start/),
      },
    });
  });
});

describe('resume', () => {
  it('starts an unfinished run whose runner died in a pause, and goes on with it', async () => {
    const project = useProject();
    await project.callLoop('start', '--max', '2', '--interval', '0');
    await project.began(1);
    await project.steer('pause');
    const pid = project.runnerPid();
    process.kill(pid, 'SIGKILL');
    await eventually('the runner is gone', () => !isAlive(pid));
    expect(await project.steer('status')).toMatchObject({ code: 4 });
    const { code, out, err } = await project.callLoop('resume', '--max', '2', '--interval', '0');
    expect(code, err).toBe(0);
    expect(out).toContain(`pid ${project.runnerPid()}.`);
    project.letFinish(1);
    await project.began(2);
    project.letFinish(2);
    await eventually('it reaches its --max', () => processesOf(project).length === 0);
    expectNothingLostOrPaidTwice(project, 2);
  });
});

/** Commands that the loop was asked by, as its events tell. */
function commandsIn(project: CrashProject): unknown[] {
  return project.eventsNamed('control').map(({ details }) => details['command']);
}

function waitsOf(project: CrashProject): unknown[] {
  return project.eventsNamed('wait_start').map(({ details }) => details['kind']);
}

async function inState(project: CliProject, state: string): Promise<void> {
  const end = Date.now() + 10_000;
  for (let found = ''; found !== state; found = (await project.status()).state) {
    expect(Date.now(), `still in ${found}`).toBeLessThan(end);
  }
}
