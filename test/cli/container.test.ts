import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { isAlive, kill } from '../crash/end-project.ts';
import { useProject, type Calling, type CliProject } from './cli-project.ts';

/** What a container is to a loop: pids of its own that begin at 1, a network of its own, and all of it dies with process 1. */
const [UNSHARE, ...CONTAINER] = [
  'unshare',
  '--pid',
  '--net',
  '--fork',
  '--mount-proc',
  '--kill-child',
];
const canContain = spawnSync(UNSHARE, [...CONTAINER, 'true']).status === 0;

describe.runIf(canContain)('as process 1 of a container', () => {
  it('finishes the iteration on TERM, as docker stop sends it, and says what is amiss', async () => {
    const { project, run } = await working(inContainer());
    process.kill(insideOf(run), 'SIGTERM');
    await project.recorded('signal');
    project.letFinish(1);
    expect(await run.end).toMatchObject({
      code: 0,
      err: expect.stringContaining('docker run --init'),
    });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('says nothing of it where there is an init', async () => {
    const project = inContainer();
    project.through = [...project.through, 'sh', '-c', '"$@"; exit $?', 'init'];
    project.letFinish(1);
    const { code, err } = await project.callLoop('run', '--max', '1');
    expect(code, err).toBe(0);
    expect(err).toBe('');
  });

  it('keeps other containers and their host out, and is seen and steered by them', async () => {
    const { project, run } = await working(inContainer());
    expect(await project.callLoop('run')).toMatchObject({ code: 152 });
    expect(await project.steer('status')).toMatchObject({ code: 0 });
    project.through = [];
    expect(await project.callLoop('run')).toMatchObject({ code: 152 });
    const stop = project.begin('stop', '--task', 'prompt');
    await project.recorded('control');
    project.letFinish(1);
    expect(await stop.end).toMatchObject({ code: 0 });
    expect(await run.end).toMatchObject({ code: 0 });
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is not taken for alive by the next container, whose pids are the same', async () => {
    const { project, run } = await working(inContainer());
    const owner = ownerOf(project);
    const inside = insideOf(run);
    kill(inside);
    await run.end;
    await eventually('the container is gone', () => !isAlive(inside));

    const seen = await project.steer('status', '--json');
    expect(seen.code).toBe(4);
    expect(JSON.parse(seen.out)).toMatchObject({ running: false, stale: true, iteration: 1 });
    const next = project.beginLoop('run', '--max', '1');
    await project.recorded('worker_start', 2);
    expect(ownerOf(project)).toMatchObject({ pid: owner.pid, bootId: owner.bootId });
    project.letFinish(1);
    expect(await next.end).toMatchObject({ code: 0 });
    const ends = project.eventsNamed('worker_end').map(({ details }) => details['outcome']);
    expect(ends).toEqual(['interrupted', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

function inContainer(): CliProject {
  const project = useProject();
  project.through = [UNSHARE, ...CONTAINER];
  return project;
}

async function working(project: CliProject): Promise<{ project: CliProject; run: Calling }> {
  const run = project.beginLoop('run', '--interval', '0');
  await project.began(1);
  await project.recorded('worker_start');
  return { project, run };
}

/** Its process 1, as it is called out here. What `loop.pid` says is not: 1 is somebody else's. */
function insideOf({ child: { pid } }: Calling): number {
  const inside = Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  if (!(inside > 1)) {
    throw new Error('Nothing runs in the container.');
  }
  return inside;
}

function ownerOf(project: CliProject): { readonly pid: number; readonly bootId: string } {
  return JSON.parse(readFileSync(project.data('loop.owner.json'), 'utf8'));
}
