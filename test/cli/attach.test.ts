import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { killRunner, useOrphanedLoop, useStartedLoop } from './cli-project.ts';

describe('attach', () => {
  it('shows what a living loop does, and ends with it', async () => {
    const project = await useStartedLoop('--max', '2', '--interval', '0');
    const attached = project.begin('attach', '--task', 'prompt');
    await eventually('it says where the loop is', () =>
      attached.printed().startsWith('Loop "prompt" has a worker at work, iteration 1.\n'),
    );
    project.letFinish(1);
    await eventually('it shows the end', () =>
      attached.printed().includes('iteration 1: succeeded'),
    );
    await eventually('and the next', () => attached.printed().includes('iteration 2 begins'));
    project.letFinish(2);
    const { code, out, err } = await attached.end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('iteration 2: succeeded');
    expect(out).toMatch(/Ended: reached --max \(2 iterations\)\.\n$/);
  });

  it('is left with Ctrl-C, with 0, and leaves the loop alone', async () => {
    const project = await useStartedLoop('--max', '1');
    const pid = project.runnerPid();
    const attached = project.begin('attach', '--task', 'prompt');
    await project.letFollow(attached);
    attached.child.kill('SIGINT');
    const { code, signal, err } = await attached.end;
    expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
    expect(isAlive(pid)).toBe(true);
    expect(await project.status()).toMatchObject({
      state: 'running.working',
      stopRequested: false,
    });
    expect(project.eventsNamed('signal')).toEqual([]);
    project.letFinish(1);
    await eventually('the loop reaches its --max', () => !isAlive(pid));
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('ends when the runner dies', async () => {
    const project = await useStartedLoop();
    const attached = project.begin('attach', '--task', 'prompt');
    await project.letFollow(attached);
    await killRunner(project);
    const { code, signal, err } = await attached.end;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(err).toMatch(
      /^The runner has gone, its run is unfinished\. See: .*status --task prompt\n$/,
    );
  });

  it('prints the events as they are recorded with --json', async () => {
    const project = await useStartedLoop('--max', '1');
    const attached = project.begin('attach', '--task', 'prompt', '--json');
    await project.letFollow(attached);
    project.letFinish(1);
    const { code, out } = await attached.end;
    expect(code).toBe(0);
    const told = out
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
    const recorded = project.events().slice(-told.length);
    expect(told).toEqual(recorded);
    expect(recorded.at(-1)).toMatchObject({ event: 'loop_end' });
  });

  it('of a loop whose runner died exits with 3', async () => {
    const project = await useOrphanedLoop();
    const { code, out, err } = await project.steer('attach');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('is not running');
  });
});
