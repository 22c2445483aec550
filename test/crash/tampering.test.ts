import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CrashProject, ended, eventually, expectNothingLostOrPaidTwice } from './crash-rig.ts';
import { endProject, kill } from './end-project.ts';

const PROGRAMS = join(import.meta.dirname, '..', 'agents-programs');
const RUN = ['--agent', 'command', '--interval', '0'];

interface Hostility {
  readonly agent: string;
  /** What the warnings name. */
  readonly named: readonly string[];
}

const HOSTILE: readonly Hostility[] = [
  {
    agent: 'cleans-workspace.sh',
    named: ['loop.lock', 'snapshot.json', 'events.ndjson', 'control.sock'],
  },
  {
    agent: 'deletes-data-folder.sh',
    named: ['claim.json', 'loop.owner.json', 'loop.pid', 'loop.log', '.gitignore'],
  },
  {
    agent: 'truncates-data-files.sh',
    named: ['snapshot.json', 'snapshot.prev.json', 'events.ndjson', 'loop.owner.json'],
  },
  { agent: 'edits-state.sh', named: ['snapshot.json', 'snapshot.prev.json', 'events.ndjson'] },
  { agent: 'removes-owner-and-socket.sh', named: ['control.sock', 'loop.owner.json', 'loop.pid'] },
  { agent: 'replaces-lock.sh', named: ['loop.lock'] },
  { agent: 'closes-data-folder.sh', named: ['its folder'] },
];

describe.each(HOSTILE)('an agent that $agent', ({ agent, named }) => {
  it('does not keep the loop from its end, in any iteration', async () => {
    const project = hostileProject(agent, '--max', '3');
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 3);
    expectTold(project, named);
    expect(outcomes(project)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    const snapshot = JSON.parse(readFileSync(project.data('snapshot.json'), 'utf8'));
    expect(snapshot.snapshot.status).toBe('done');
    expect(modes(project)).toEqual({ folder: 0o700, snapshot: 0o600, events: 0o600, lock: 0o600 });
    expect(readFileSync(project.data('.gitignore'), 'utf8')).toBe('*\n');
  });

  it('keeps nobody from steering the loop, and lets no second one in', async () => {
    const project = hostileProject(`${agent}" && ${STAYS} && echo "stayed`);
    const end = ended(project.start());
    await eventually('it has done its work', () => existsSync(project.path('did-it')));
    await eventually('it was mended', () => tampered(project).length > 0);
    expect(call(project, 'status').status).toBe(0);
    const second = await project.live();
    expect(second.code, second.output).toBe(152);
    expect(second.output).toMatch(/already running \(pid \d+/);
    const paused = call(project, 'pause');
    expect(paused.status, paused.stderr).toBe(0);
    expect(call(project, 'stop', '--force').status).toBe(0);
    expect((await end).code).toBe(143);
    expectNothingLostOrPaidTwice(project, 1);
    expectTold(project, named);
    expect(outcomes(project)).toEqual(['killed']);
  });

  it('loses nothing to a kill of the runner once it was noticed', async () => {
    const project = hostileProject(`${agent}" && ${STAYS} && echo "stayed`, '--max', '1');
    const runner = project.start();
    const killed = ended(runner);
    await eventually('it has done its work', () => existsSync(project.path('did-it')));
    await eventually('it was mended', () => tampered(project).length > 0);
    await eventually('its worker is known', () => project.eventsNamed('worker_start').length === 1);
    kill(runner.pid ?? 0);
    await killed;
    project.write('release', '');
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 1);
    expect(outcomes(project)).toEqual(['succeeded']);
  });
});

// Not looked at while it is at work: a test that opened a FIFO would wait for ever itself.
it.each([
  'deletes-again-and-again.sh',
  'replaces-files-by-fifos.sh',
  'replaces-files-by-folders.sh',
])('an agent that %s does not keep the loop from its end', async (agent) => {
  const project = hostileProject(agent, '--max', '3');
  const { code, output } = await project.live();
  expect(code, output).toBe(0);
  expectNothingLostOrPaidTwice(project, 3);
  expectTold(project, ['claim.json', 'snapshot.json', 'events.ndjson', 'loop.log']);
  expect(outcomes(project)).toEqual(['succeeded', 'succeeded', 'succeeded']);
});

it('an agent that writes the next attempt in advance costs it nothing, and is told of once each time', async () => {
  const project = hostileProject('writes-next-attempt.sh', '--max', '3');
  const { code, output } = await project.live();
  expect(code, output).toBe(0);
  expectNothingLostOrPaidTwice(project, 3);
  expect(outcomes(project)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  expect(project.ledger(), 'one attempt each').toHaveLength(3);
  expect(tampered(project)).toEqual(
    [2, 3].map((next) =>
      expect.stringMatching(
        new RegExp(
          `: the folder of attempt 1 of iteration ${next} held claim.json, result.json before it began, and was emptied$`,
        ),
      ),
    ),
  );
});

describe('a runner killed at the instant its data was', () => {
  it('deleted is followed by a new run, and nobody waits for ever', async () => {
    const project = hostileProject(
      `deletes-data-folder.sh" && ${KILLS} && echo "killed`,
      '--max',
      '1',
    );
    const first = await project.live();
    expect(first.signal).toBe('SIGKILL');
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expect(outcomes(project)).toEqual(['succeeded']);
    expect(new Set(project.ledger()).size).toBe(project.ledger().length);
  });

  it('truncated is refused with 156 and what to do, and nothing is written over', async () => {
    const project = hostileProject(
      `truncates-data-files.sh" && ${KILLS} && echo "killed`,
      '--max',
      '1',
    );
    const first = await project.live();
    expect(first.signal).toBe('SIGKILL');
    const { code, output } = await project.live();
    expect(code, output).toBe(156);
    expect(output).toContain('snapshot.json');
    expect(lstatSync(project.data('snapshot.json')).size).toBe(0);
  });

  it('edited goes on, without what was forged', async () => {
    const project = hostileProject(`forges-event.sh" && ${KILLS} && echo "killed`, '--max', '2');
    const first = await project.live();
    expect(first.signal).toBe('SIGKILL');
    const { code, output } = await project.live();
    expect(code, output).toBe(0);
    expectNothingLostOrPaidTwice(project, 2);
    expectTold(project, ['events.ndjson']);
  });
});

/** Until the test lets it go on; gives up after a minute. */
const STAYS =
  'touch did-it && waits=0 && while [ ! -e release ] && [ $waits -lt 1200 ]; do sleep 0.05; waits=$((waits + 1)); done';
/** Once: the second life is left alone. The runner's pid comes from the test, as no file tells it any more. */
const KILLS = '{ [ -e killed-once ] || { touch killed-once; kill -9 "$(cat runner-pid)"; }; }';

/** A git repository with everything the loop needs in it, so that `git clean` leaves that. */
function hostileProject(agent: string, ...flags: string[]): CrashProject {
  const project = new HostileProject({
    // Under strict supervision an agent can end nobody.
    flags: [...RUN, '--supervision', 'base', ...flags],
    agent: `"${PROGRAMS}/${agent}"`,
    files: { ledger: '' },
  });
  onTestFinished(() => endProject(project));
  git(project, 'init', '-q');
  git(project, 'add', 'agent.sh', 'PROMPT.md', 'ledger');
  git(project, 'commit', '-qm', 'begin');
  return project;
}

class HostileProject extends CrashProject {
  override start(...args: Parameters<CrashProject['start']>): ReturnType<CrashProject['start']> {
    const child = super.start(...args);
    this.write('runner-pid', String(child.pid));
    return child;
  }
}

function git(project: CrashProject, ...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@localhost'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: project.directory });
  expect(status, String(stderr)).toBe(0);
}

function call(project: CrashProject, ...args: string[]) {
  const autoloop = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');
  return spawnSync(autoloop, [...args, '--task', 'prompt'], {
    cwd: project.directory,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: project.directory,
      XDG_CACHE_HOME: join(tmpdir(), 'autoloop-test-cache'),
    },
  });
}

function tampered(project: CrashProject): string[] {
  return project
    .eventsNamed('warning')
    .filter(({ details }) => details['code'] === 'tampered')
    .map(({ details }) => String(details['message']));
}

/** All of it, and of each file once in an iteration at most. */
function expectTold(project: CrashProject, named: readonly string[]): void {
  const told = tampered(project);
  for (const name of named) {
    expect(told.join('\n')).toContain(name);
    const perIteration = new Map<number | null, number>();
    for (const { iteration, details } of project.eventsNamed('warning')) {
      const times = String(details['message']).includes(` ${name} `) ? 1 : 0;
      perIteration.set(iteration, (perIteration.get(iteration) ?? 0) + times);
    }
    expect(Math.max(...perIteration.values()), name).toBeLessThanOrEqual(1);
  }
}

function outcomes(project: CrashProject): unknown[] {
  return project.eventsNamed('iteration_end').map(({ details }) => details['outcome']);
}

function modes(project: CrashProject) {
  const mode = (...parts: string[]): number => lstatSync(project.data(...parts)).mode & 0o777;
  return {
    folder: mode(),
    snapshot: mode('snapshot.json'),
    events: mode('events.ndjson'),
    lock: mode('loop.lock'),
  };
}
