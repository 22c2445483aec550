import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import {
  killRunner,
  startLoop,
  useOrphanedLoop,
  useProject,
  useStartedLoop,
} from './cli-project.ts';
import type { CliProject } from './cli-project.ts';

describe('a runner that was killed', () => {
  it('is not taken for the process that has its pid now, nor is that one ended', async () => {
    const project = await useOrphanedLoop();
    const stranger = spawn('sleep', ['60']);
    onTestFinished(() => void stranger.kill('SIGKILL'));
    editOwner(project, { pid: stranger.pid });
    expect(await project.steer('status', '--json')).toMatchObject({ code: 4 });
    expect(await project.status()).toMatchObject({ running: false, stale: true });
    expect(await project.steer('stop', '--force')).toMatchObject({ code: 0 });
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('went with the machine where that was started again since', async () => {
    const project = await useOrphanedLoop();
    editOwner(project, { bootId: '00000000-0000-0000-0000-000000000000' });
    const { code, out } = await project.steer('status');
    expect(code).toBe(4);
    expect(out).toContain('the machine was restarted under it');
  });

  it('left no word, and is counted as long as no iteration is finished', async () => {
    const project = await useOrphanedLoop();
    for (let deaths = 1; deaths <= 2; deaths += 1) {
      expect(await status(project)).toMatchObject({ crashes: { inRow: deaths, lastError: null } });
      await project.callLoop('start');
      await project.recorded('loop_resume', deaths);
      expect(await status(project)).toMatchObject({ running: true, crashes: { inRow: deaths } });
      expect((await project.steer('status')).out).toContain(
        deaths === 1 ? 'its runner died once' : 'its runner died 2 times in a row',
      );
      if (deaths === 1) {
        await killRunner(project);
      }
    }
    project.letFinish(1);
    await project.recorded('iteration_end');
    expect(await status(project)).toMatchObject({ crashes: null });
    await project.steer('stop', '--force');
  });
});

/** The task's own code breaks the process it is loaded into. */
describe('a runner that dies of an error', () => {
  it.each([
    ['an exception that nobody catches', BREAKS.exception, /Error: the selector's cache is broken/],
    ['a promise that nobody awaits', BREAKS.rejection, /Error: the selector's cache is broken/],
    ['want of memory', BREAKS.memory, /FATAL ERROR: .*heap/],
  ])(
    'tells %s with its moment, in a row, until an iteration is finished',
    async (_, breaks, told) => {
      const project = useBrokenTask(breaks);
      for (let deaths = 1; deaths <= 2; deaths += 1) {
        const begun = await project.call('start', '--task', 'breaks', ...AGENT);
        expect(begun.code, begun.err).toBe(0);
        await eventually('it dies', () => !isAlive(runnerOf(project)), 60_000);
        const dead = await brokenStatus(project);
        expect(dead).toMatchObject({
          ...{ running: false, stale: true },
          crashes: { inRow: deaths, lastError: expect.stringMatching(told) },
        });
        const sinceMs = Date.now() - Date.parse(String(dead.crashes?.lastAt));
        expect(sinceMs).toBeLessThan(60_000);
        const { code, out } = await project.call('status', '--task', 'breaks');
        expect(code).toBe(4);
        expect(out).toMatch(
          deaths === 1 ? /died once, the last/ : /died 2 times in a row, the last/,
        );
      }
      writeFileSync(project.path('mended'), '');
      const begun = await project.call('start', '--task', 'breaks', ...AGENT);
      expect(begun.code, begun.err).toBe(0);
      await project.began(1);
      expect(await brokenStatus(project)).toMatchObject({
        running: true,
        crashes: { inRow: 2, lastError: expect.stringMatching(told) },
      });
      project.letFinish(1);
      expect((await project.call('stop', '--task', 'breaks')).code).toBe(0);
      expect(await brokenStatus(project)).toMatchObject({ running: false, crashes: null });
    },
    120_000,
  );

  it.each([
    ['it', BREAKS.exception],
    ['what its task prints', BREAKS.words],
  ])('keeps no secret of %s, and the file for its user alone', async (_, breaks) => {
    const project = useBrokenTask(breaks);
    await project.call('start', '--task', 'breaks', ...AGENT);
    await eventually('it dies', () => !isAlive(runnerOf(project)));
    const trace = `${dataOf(project)}/runner.err`;
    expect(readFileSync(trace, 'utf8')).toContain('[REDACTED:');
    expect(readFileSync(trace, 'utf8')).not.toContain(SECRET);
    expect(statSync(trace).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(await brokenStatus(project))).not.toContain(SECRET);
  });

  it('tells it in the foreground as well, and ends with 1', async () => {
    const project = useBrokenTask(BREAKS.exception);
    const { code, err } = await project.call('run', '--task', 'breaks', ...AGENT);
    expect(code).toBe(1);
    expect(err).toContain("the selector's cache is broken");
    expect(err).not.toContain(SECRET);
    expect(await brokenStatus(project)).toMatchObject({
      crashes: { inRow: 1, lastError: expect.stringContaining('cache is broken') },
    });
  });

  it('leaves the words of a living runner alone when another one is refused', async () => {
    const project = await useStartedLoop();
    const refused = await project.callLoop('start');
    expect(refused.code).toBe(152);
    await killRunner(project);
    expect(await status(project)).toMatchObject({ crashes: { inRow: 1, lastError: null } });
  });
});

describe.concurrent('a runner that is stopped by SIGSTOP', () => {
  it('is told alive and silent, and ended by force within seconds', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    expect(await status(project)).toMatchObject({
      ...{ running: true, stale: false, responding: false, pid },
    });
    const human = await project.steer('status');
    expect(human.code).toBe(0);
    expect(human.out).toMatch(/lives, but does not answer[\s\S]*stop --force/);
    const began = performance.now();
    expect(await project.steer('force-stop')).toMatchObject({ code: 0 });
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(isAlive(pid)).toBe(false);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is found, and ended by force, without its owner file', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    rmSync(project.data('loop.owner.json'));
    expect(await status(project)).toMatchObject({ running: true, responding: false, pid });
    expect(await project.steer('force-stop')).toMatchObject({ code: 0 });
    expect(isAlive(pid)).toBe(false);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('is not called dead while its folder is gone', async (test) => {
    const project = await startLoop(useProject(undefined, test));
    process.kill(project.runnerPid(), 'SIGSTOP');
    rmSync(project.data(), { recursive: true });
    expect(await status(project)).toMatchObject({ running: true, pid: expect.any(Number) });
  });
});

const NAMESPACE = ['unshare', '--pid', '--fork', '--mount-proc'];
const canUnshare = spawnSync(NAMESPACE[0] ?? '', [...NAMESPACE.slice(1), 'true']).status === 0;
if (!canUnshare) {
  console.warn(
    'SKIPPED: no PID namespaces here (needs root); status from another one is not tested.',
  );
}

describe.runIf(canUnshare)('a loop looked at from another PID namespace', () => {
  it('is told alive by its own answer', async () => {
    const project = await useStartedLoop();
    project.through = NAMESPACE;
    expect(await project.steer('status', '--json')).toMatchObject({ code: 0 });
    expect(await status(project)).toMatchObject({ running: true, stale: false, responding: true });
  });

  it('is told alive where it does not answer, and is not taken for who has its pid there', async () => {
    const project = await useStartedLoop();
    const pid = project.runnerPid();
    process.kill(pid, 'SIGSTOP');
    project.through = NAMESPACE;
    expect(await status(project)).toMatchObject({ running: true, stale: false, responding: false });
    const { code, err } = await project.steer('force-stop');
    expect(code).toBe(1);
    expect(err).toContain('cannot be seen from here');
    expect(isAlive(pid)).toBe(true);
  });

  it('is stopped from there', async () => {
    const project = await useStartedLoop();
    const pid = project.runnerPid();
    project.through = NAMESPACE;
    const { code, out } = await project.steer('stop', '--force');
    expect([code, out]).toEqual([0, expect.stringContaining('has stopped')]);
    // From there its end is told by its lock, which it gives up last.
    await eventually('its runner has gone', () => !isAlive(pid));
  });
});

const SECRET = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789';
const AGENT = ['--agent', 'command', '--agent-command', './agent.sh'];

const BREAKS = {
  words: `console.error('broken by ${SECRET}'), process.kill(process.pid, 'SIGKILL')`,
  exception: `setTimeout(() => { throw ownError("the selector's cache is broken: ${SECRET}"); }, 300)`,
  rejection: `setTimeout(() => void Promise.reject(ownError("the selector's cache is broken: ${SECRET}")), 300)`,
  memory: `(setFlagsFromString('--max-old-space-size=60'), setTimeout(() => { const all = []; for (;;) all.push(new Array(1e6).fill(1.5)); }, 300))`,
};

/** Its selector breaks the runner a moment after it was asked, until the file \`mended\` is there. */
function useBrokenTask(breaks: string): CliProject {
  const project = useProject();
  mkdirSync(project.path('tasks', 'breaks', 'prompts'), { recursive: true });
  writeFileSync(project.path('tasks', 'breaks', 'prompts', 'breaks.md'), '# Improve it\n');
  writeFileSync(
    project.path('tasks', 'breaks', 'task.ts'),
    `import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { defineTask } from 'autoloop/task';

void setFlagsFromString;
/** As of a fault of autoloop's own: what the task's code has thrown in a timer would not end the runner. */
function ownError(message: string): Error {
  return Object.assign(new Error(message), { stack: \`Error: \${message}\` });
}
void ownError;

export default defineTask({
  description: 'breaks its runner',
  selectTarget: async () => {
    if (!existsSync('mended')) {
      ${breaks};
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }
    return 'item';
  },
});
`,
  );
  return project;
}

function dataOf(project: CliProject): string {
  return project.path('data', 'breaks');
}

function runnerOf(project: CliProject): number {
  return Number(readFileSync(`${dataOf(project)}/loop.pid`, 'utf8'));
}

interface ToldStatus {
  readonly crashes: { readonly lastAt: string | null } | null;
}

async function status(project: CliProject): Promise<ToldStatus> {
  return JSON.parse((await project.steer('status', '--json')).out);
}

async function brokenStatus(project: CliProject): Promise<ToldStatus> {
  return JSON.parse((await project.call('status', '--task', 'breaks', '--json')).out);
}

function editOwner(project: CliProject, facts: object): void {
  const path = project.data('loop.owner.json');
  expect(existsSync(path)).toBe(true);
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...facts }));
}
