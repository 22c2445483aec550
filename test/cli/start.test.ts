import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually, processesOf } from '../crash/crash-rig.ts';
import { isAlive } from '../crash/end-project.ts';
import { useProject, type CliProject } from './cli-project.ts';

describe('a started loop', () => {
  it('outlives start, in a session of its own', async () => {
    const project = useProject();
    const { code, out, err } = await project.callLoop('start', '--max', '1');
    expect(code, err).toBe(0);
    const pid = project.runnerPid();
    expect(out).toContain(`pid ${pid}.`);
    expect(isAlive(pid)).toBe(true);
    expect(sessionOf(pid), 'it leads its session').toBe(pid);
    await project.began(1);
    project.letFinish(1);
    await eventually('the loop reaches its --max', () => !isAlive(pid));
    expect(project.outcomes()).toEqual(['succeeded']);
  });

  it('comes with the commands to watch it, to see its state and to end it, and they work as printed', async () => {
    const project = useProject();
    const { out } = await project.callLoop('start');
    const command = (name: string): string[] =>
      (out.split('\n').find((line) => line.includes(` ${name}`)) ?? '')
        .trim()
        .split(/ {2,}/)[1]
        ?.split(' ') ?? [];
    expect(command('attach').slice(1)).toEqual(['attach', '--task', 'prompt']);
    expect(await project.call(...command('status').slice(1))).toMatchObject({ code: 0 });
    await project.began(1);
    project.letFinish(1);
    expect(await project.call(...command('stop').slice(1))).toMatchObject({ code: 0 });
    expect(processesOf(project)).toEqual([]);
  });

  it('is told as one JSON document with --json, and not at all with --quiet', async () => {
    const [project, quiet] = [useProject(), useProject()];
    const { code, out } = await project.callLoop('start', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      loop: 'prompt',
      pid: project.runnerPid(),
      dataDir: project.data(),
    });
    expect(await quiet.callLoop('start', '--quiet')).toMatchObject({ code: 0, out: '', err: '' });
    expect((await quiet.status()).running).toBe(true);
  });

  it('has the settings that start was given', async () => {
    const project = useProject();
    await project.callLoop('start', '--max', '7', '--max-failures', '2');
    expect((await project.status()).caps).toMatchObject({ maxIterations: 7, maxFailures: 2 });
  });
});

describe('a start that fails', () => {
  const AGENT = ['--agent', 'command', '--agent-command', './agent.sh'];
  const PROMPT = ['--prompt', 'PROMPT.md'];

  it.each([
    ['no task', 150, AGENT, /No task was named[\s\S]*--prompt PROMPT\.md/],
    ['an unknown task', 150, ['--task', 'nope', ...AGENT], /no task "nope"[\s\S]*demo, prompt/],
    ['a missing prompt file', 150, ['--prompt', 'NONE.md', ...AGENT], /NONE\.md does not exist/],
    ['an agent without a program', 150, [...PROMPT, '--agent', 'command'], /--agent-command/],
    [
      'a missing agent program',
      151,
      [...PROMPT, '--agent', 'command', '--agent-command', './nobody.sh'],
      /was not found, .*: \.\/nobody\.sh/,
    ],
    ['an unknown agent', 150, [...PROMPT, '--agent', 'nobody'], /--agent is "nobody"/],
    ['an invalid value', 150, [...PROMPT, ...AGENT, '--max', 'x'], /--max is "x"/],
    ['a setting not built', 150, [...PROMPT, ...AGENT, '--max-cost', '1'], /--max-cost/],
    ['a workspace that is none', 155, [...PROMPT, ...AGENT, '--workspace', 'no'], /--workspace/],
    ['an unknown flag', 2, [...PROMPT, '--mox', '1'], /Did you mean --max\?/],
  ])('says why and leaves nothing behind: %s', async (_, expected, args, reason) => {
    const project = useProject();
    const { code, out, err } = await project.call('start', ...args);
    expect(code, err).toBe(expected);
    expect(err).toMatch(reason);
    expect(out).toBe('');
    expect(existsSync(project.path('data')), 'no data folder').toBe(false);
    expect(processesOf(project), 'no process').toEqual([]);
    expect(project.ledger()).toEqual([]);
  });

  it('is told as one JSON object with --json', async () => {
    const { code, out, err } = await useProject().callLoop(
      'start',
      '--agent-command',
      'none',
      '--json',
    );
    expect({ code, err }).toEqual({ code: 151, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: { code: 151, message: expect.any(String), fix: expect.any(String) },
    });
  });

  it('names the owner of a loop that is already running, and leaves it alone', async () => {
    const project = useProject();
    await project.callLoop('start');
    const pid = project.runnerPid();
    await project.began(1);
    const second = await project.callLoop('start');
    expect(second.code).toBe(152);
    expect(second.err).toMatch(new RegExp(`already running \\(pid ${pid}\\b`));
    expect(second.err).toMatch(/^Stop it: \/\S+\/bin\/autoloop stop --task prompt$/m);
    const named = ['--data', project.path('data'), '--name', 'prompt'];
    const third = await project.callLoop('run', ...named);
    expect(third.err).toContain(`autoloop stop --task prompt --data ${project.path('data')}`);
    expect(second.out).toBe('');
    expect(project.runnerPid()).toBe(pid);
    expect((await project.status()).pid).toBe(pid);
    expect(project.ledger()).toHaveLength(1);
  });

  it('tells what only the detached runner could find out: a state it cannot understand', async () => {
    const project = useProject();
    mkdirSync(project.data(), { recursive: true });
    project.write('data/prompt/snapshot.json', '{"format": 1, "sna');
    const { code, err } = await project.callLoop('start');
    expect(code).toBe(156);
    expect(err).toMatch(/snapshot\.json/);
    await eventually('the runner is gone', () => processesOf(project).length === 0);
    expect(readFileSync(project.data('snapshot.json'), 'utf8')).toBe('{"format": 1, "sna');
  });
});

describe('loops with a name of their own', () => {
  it('run beside each other and are told apart', async () => {
    const project = useProject();
    await project.callLoop('start', '--name', 'one');
    await project.callLoop('start', '--name', 'two');
    const { code, out } = await project.call('status', '--all', '--json');
    expect(code).toBe(0);
    const loops: { loop: string; running: boolean }[] = JSON.parse(out);
    expect(loops.map(({ loop, running }) => [loop, running])).toEqual([
      ['one', true],
      ['two', true],
    ]);
    expect(await project.call('stop', '--force', '--name', 'one')).toMatchObject({ code: 0 });
    expect(await isRunning(project, 'one')).toBe(false);
    expect(await isRunning(project, 'two')).toBe(true);
  });
});

async function isRunning(project: CliProject, name: string): Promise<boolean> {
  const { out } = await project.call('status', '--json', '--name', name);
  const status: { running: boolean } = JSON.parse(out);
  return status.running;
}

/** Field 6 of stat; the name before it may hold spaces. */
function sessionOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
}
