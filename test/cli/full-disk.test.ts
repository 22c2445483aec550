import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canMount, fillDisk, smallDisk } from '../stores/small-disk.ts';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { useProject, type CliProject } from './cli-project.ts';

const BALLAST = '"$AUTOLOOP_WORKSPACE/data/ballast"';
/** Fills the disk to its last byte in its second iteration. */
const FILLS = `[ "$AUTOLOOP_ITERATION" != 2 ] || dd if=/dev/zero of=${BALLAST} bs=4k 2>/dev/null; echo done`;
/** The same, and takes what becomes free for as long as it lives, and 2 s longer. */
const GOES_ON_FILLING = `[ "$AUTOLOOP_ITERATION" != 2 ] || for i in $(seq 200); do dd if=/dev/zero bs=4k >> ${BALLAST} 2>/dev/null; sleep 0.01; done; echo done`;

describe.skipIf(!canMount)('a disk that is full', () => {
  it.each([
    ['fills it', FILLS],
    ['goes on filling it', GOES_ON_FILLING],
  ])('ends the run with 153 and all of its state whole, when its agent %s', async (_, agent) => {
    const project = onDisk('8m', agent);
    const run = await project.callLoop('run', '--interval', '0', '--min-free-mb', '0');
    expect([run.code, run.err], run.out).toEqual([
      153,
      expect.stringMatching(/was full|no space is left/),
    ]);
    expect(run.err).toContain('Make room on its disk, then start again: df -h');
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 2);
    expectEveryFileWhole(project);
    expect(project.eventsNamed('loop_end')[0]).toMatchObject({
      exit_code: 153,
      details: { reason: 'disk_low', iterations: 2 },
    });

    const status = await project.steer('status', '--json');
    expect(status.code).toBe(3);
    expect(JSON.parse(status.out)).toMatchObject({
      state: 'stopped',
      ended: { reason: 'disk_low', exitCode: 153 },
      totals: { iterations: 2, succeeded: 2, failed: 0 },
    });
    const words = await project.steer('status');
    expect(words.out).toMatch(/why +.*(was full|no space is left)/);
    expect(words.out).toMatch(/next +make room \(df -h/);

    rmSync(project.path('data', 'ballast'));
    const again = await project.callLoop(
      'run',
      '--interval',
      '0',
      '--max',
      '1',
      '--min-free-mb',
      '0',
    );
    expect(again.code, again.err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(statSync(project.data('reserve')).size).toBe(1024 * 1024);
  });

  it('leaves a run to be gone on with where not even the reserve is there', async () => {
    const agent = `[ "$AUTOLOOP_ITERATION" != 2 ] || [ -e filled ] || { touch filled; rm data/prompt/reserve; dd if=/dev/zero of=${BALLAST} bs=4k 2>/dev/null; }; echo done`;
    const project = onDisk('8m', agent);
    const flags = ['--interval', '0', '--min-free-mb', '0', '--max', '3'];
    const run = await project.callLoop('run', ...flags);
    expect([run.code, run.err], run.out).toEqual([153, expect.stringContaining('(ENOSPC)')]);
    expect(run.err).toContain(project.data());
    expectEveryFileWhole(project);
    const status = await project.steer('status', '--json');
    expect([status.code, JSON.parse(status.out).iteration]).toEqual([4, 2]);
    rmSync(project.path('data', 'ballast'));
    const again = await project.callLoop('run', ...flags);
    expect(again.code, again.err).toBe(0);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 3);
  });

  it('is no news to who starts a second runner: the loop runs already', async () => {
    const project = onDisk('8m', 'touch began; while [ ! -e go ]; do sleep 0.05; done');
    const run = project.beginLoop('run', '--max', '1', '--min-free-mb', '0');
    await eventually('its agent works', () => existsSync(project.path('began')));
    fillDisk(project.path('data'));
    for (const floor of ['0', '50']) {
      for (const command of ['run', 'start', 'once']) {
        const { code, err } = await project.callLoop(command, '--min-free-mb', floor);
        expect([code, err], command).toEqual([152, expect.stringContaining('already running')]);
      }
    }
    rmSync(project.path('data', 'ballast'));
    project.write('go', '');
    expect((await run.end).code).toBe(0);
  });

  it('lets a run go on that was killed on it, once there is room', async () => {
    const project = onDisk('8m', 'sleep 0.2; echo done');
    await project.live(
      ['run', '--agent', 'command', '--min-free-mb', '0', '--max', '2', '--interval', '0'],
      {
        DIE_IN_STATE: 'running.working',
      },
    );
    await eventually('the worker has its result', () =>
      existsSync(project.data('iterations', '000001', 'attempt-1', 'result.json')),
    );
    fillDisk(project.path('data'));
    const refused = await project.callLoop(
      'run',
      '--max',
      '2',
      '--interval',
      '0',
      '--min-free-mb',
      '0',
    );
    expect(refused.code, refused.err).toBe(153);
    expect(refused.err).toContain(project.data());
    rmSync(project.path('data', 'ballast'));
    const { code, err } = await project.callLoop(
      'run',
      '--max',
      '2',
      '--interval',
      '0',
      '--min-free-mb',
      '0',
    );
    expect(code, err).toBe(0);
    expectNothingLostOrPaidTwice(project, 2);
  });
});

describe.skipIf(!canMount)('a disk below --min-free-mb', () => {
  it.each(['run', 'start', 'once'])(
    'is refused by %s with path, room and floor',
    async (command) => {
      const project = onDisk('8m', 'echo done');
      const { code, err } = await project.callLoop(command, '--min-free-mb', '50');
      expect([code, err]).toEqual([
        153,
        expect.stringMatching(
          /Only \d MB are free on the disk of .*data, less than the 50 MB of --min-free-mb/,
        ),
      ]);
      expect(err).toContain('df -h');
      expect(readdirSync(project.path('data'))).toEqual([]);
    },
  );

  it('is told by dry-run and health, which start nothing', async () => {
    const project = onDisk('8m', 'echo done');
    const dry = await project.callLoop('dry-run', '--min-free-mb', '50', '--json');
    expect(dry.out).toContain('less than the 50 MB');
    project.environment = { MIN_FREE_MB: '50' };
    const health = await project.steer('health', '--json');
    expect(health.code).toBe(1);
    expect(JSON.parse(health.out).checks).toContainEqual({
      name: 'free disk',
      status: 'fail',
      detail: expect.stringMatching(/^\d MB free, below the floor of 50 MB/),
      fix: expect.stringContaining('df -h'),
    });
    expect(existsSync(project.data())).toBe(false);
  });

  it('is looked at before each attempt: the run ends before the next iteration', async () => {
    const agent = `[ "$AUTOLOOP_ITERATION" != 2 ] || head -c 3500000 /dev/zero > ${BALLAST}; echo done`;
    const project = onDisk('8m', agent);
    const run = await project.callLoop('run', '--interval', '0', '--min-free-mb', '4');
    expect([run.code, run.err], run.out).toEqual([
      153,
      expect.stringMatching(/Only \d MB are free/),
    ]);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expectNothingLostOrPaidTwice(project, 2);
    expect((await project.status()).ended).toMatchObject({ reason: 'disk_low', exitCode: 153 });
  });

  it('is seen while a worker runs, which finishes, unlogged', async () => {
    const agent = `echo before; while [ ! -e fill ]; do sleep 0.05; done; head -c 3500000 /dev/zero > ${BALLAST}; while [ ! -e go ]; do sleep 0.05; done; echo after`;
    const project = onDisk('8m', agent);
    const run = project.beginLoop('run', '--interval', '0', '--min-free-mb', '4');
    const output = project.data('iterations', '000001.log');
    await eventually('its output is kept', () => existsSync(output) && statSync(output).size > 0);
    project.write('fill', '');
    await project.recorded('error');
    expect((await project.status()).state).toBe('running.working');
    project.write('go', '');
    const { code, err } = await run.end;
    expect(code, err).toBe(153);
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
    expect(readFileSync(output, 'utf8')).toBe(
      'before\n[autoloop: the log ends here, less than 4 MB were free]\n',
    );
    const result = JSON.parse(
      readFileSync(project.data('iterations', '000001', 'attempt-1', 'result.json'), 'utf8'),
    );
    expect(result.finalMessage).toContain('after');
  });

  it('does not keep a stop from being one', async () => {
    const agent = `head -c 3500000 /dev/zero > ${BALLAST}; while [ ! -e go ]; do sleep 0.05; done`;
    const project = onDisk('8m', agent);
    const run = project.beginLoop('run', '--interval', '0', '--min-free-mb', '4');
    await project.recorded('error');
    const stopping = project.steer('stop');
    await project.recorded('control');
    project.write('go', '');
    expect((await stopping).code).toBe(0);
    expect((await run.end).code).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

describe.skipIf(!canMount)('a disk that cannot be written to any more', () => {
  it('ends the runner with 155 and the path, and lets the run go on when it is written to again', async () => {
    const project = useProject();
    const run = project.beginLoop('run', '--max', '1', '--min-free-mb', '0');
    await project.began(1);
    await project.recorded('worker_start');
    // Whatever lay there is out of reach, and nothing can be put in its place.
    mounted('mount', '-t', 'tmpfs', '-o', 'ro', 'tmpfs', project.path('data'));
    onTestFinished(() => void spawnSync('umount', ['--lazy', project.path('data')]));
    project.letFinish(1);
    const { code, err } = await run.end;
    expect(code, err).toBe(155);
    expect(err).toContain(project.data());
    mounted('umount', project.path('data'));
    const again = await project.callLoop('run', '--max', '1', '--min-free-mb', '0');
    expect(again.code, again.err).toBe(0);
    expectEveryFileWhole(project);
    expectNothingLostOrPaidTwice(project, 1);
  });
});

function mounted(program: string, ...args: readonly string[]): void {
  expect(spawnSync(program, args).status).toBe(0);
}

/** A project whose data lie on a small disk of their own. */
function onDisk(size: string, agent: string): CliProject {
  const project = useProject(agent);
  mkdirSync(project.path('data'));
  smallDisk(size, project.path('data'));
  return project;
}

function expectEveryFileWhole(project: CliProject): void {
  const names = readdirSync(project.data(), { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((entry) => entry.endsWith('.json'))) {
    expect(() => JSON.parse(readFileSync(join(project.data(), name), 'utf8')), name).not.toThrow();
  }
  for (const name of ['events.ndjson', 'loop.log'].filter((entry) => names.includes(entry))) {
    const lines = readFileSync(project.data(name), 'utf8').split('\n');
    expect(lines.pop(), name).toBe('');
    lines.forEach((line) => expect(() => JSON.parse(line), line).not.toThrow());
  }
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
}
