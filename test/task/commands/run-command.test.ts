import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandFor, isCommand } from '../../../src/task/commands/command-for.ts';
import { runCommand, type HookCommand } from '../../../src/task/commands/run-command.ts';
import { eventually } from '../../crash/crash-rig.ts';
import { isAlive } from '../../crash/end-project.ts';
import { scratch } from '../scratch.ts';

describe('a command that a user has written', () => {
  it('has the name of its target in its words, whatever that holds', () => {
    expect(commandFor('make "check {target}" --dir=apps/{target}', "a b';$&")).toEqual([
      'make',
      "check a b';$&",
      "--dir=apps/a b';$&",
    ]);
  });

  it('is none where it is empty or a quote is not closed', () => {
    expect(commandFor('', 'a')).toEqual([]);
    expect(commandFor('a "b', 'a')).toEqual([]);
    expect(['', 'a b', 'a "b c"', 'a "b', 'a\0b'].map((text) => isCommand(text))).toEqual([
      ...[true, true, true, false, false],
    ]);
  });
});

describe('a command of a hook', () => {
  it('is heard out, with nothing on its stdin', async () => {
    const end = await run(['sh', '-c', 'cat; echo out; echo err >&2']);
    expect(end).toEqual({ exitCode: 0, stdout: 'out\n', problem: null });
  });

  it('is told of with its exit code and its last words', async () => {
    expect(await run(['sh', '-c', 'echo out; echo first >&2; echo last >&2; exit 7'])).toEqual({
      ...{ exitCode: 7, stdout: 'out\n', problem: 'ended with exit code 7: last' },
    });
    expect((await run(['sh', '-c', 'kill -9 $$'])).problem).toBe('was ended by SIGKILL');
  });

  it.each([
    [['no-such-program'], 'cannot be started: there is no no-such-program'],
    [[''], /^cannot be started: /],
    [['sh', 'a\0b'], /^cannot be started: /],
    [[], /^cannot be started: /],
  ])('that cannot be started is told as such: %j', async (argv, problem) => {
    const end = await run(argv);
    expect(end).toMatchObject({ exitCode: null, stdout: '' });
    expect(end.problem).toMatch(problem);
  });

  it('is ended with all of its group when its time is up', async () => {
    const cwd = scratch();
    const script = 'sleep 600 & echo $! > child; echo $$ > leader; wait';
    const end = await run(['sh', '-c', script], { cwd, timeoutMs: 1000 });
    expect(end).toMatchObject({ exitCode: null, problem: 'did not end within 1 s' });
    const pids = ['child', 'leader'].map((name) => Number(readFileSync(join(cwd, name), 'utf8')));
    await eventually('both are gone', () => !pids.some(isAlive));
  });

  it('leaves nothing of its group behind when it is over', async () => {
    const cwd = scratch();
    const end = await run(['sh', '-c', 'sleep 600 & echo $! > child; echo done'], { cwd });
    expect(end).toEqual({ exitCode: 0, stdout: 'done\n', problem: null });
    const pid = Number(readFileSync(join(cwd, 'child'), 'utf8'));
    await eventually('it is gone', () => !isAlive(pid));
  });

  it('is not waited for by who left its group and holds its output open', async () => {
    const cwd = scratch();
    const end = await run(['sh', '-c', 'setsid sleep 600 & echo $! > child; echo done'], { cwd });
    expect(end).toMatchObject({ exitCode: 0, stdout: 'done\n' });
    process.kill(Number(readFileSync(join(cwd, 'child'), 'utf8')), 'SIGKILL');
  });

  it('is ended where it prints too much', async () => {
    const end = await run(['yes'], { mostBytes: 1000 });
    expect(end.problem).toBe('printed more than 1000 bytes');
    expect(end.stdout).toHaveLength(1000);
  });

  it('is given up with its hook, also before it began', async () => {
    const stop = new AbortController();
    const ending = run(['sleep', '600'], { signal: stop.signal });
    stop.abort();
    expect((await ending).problem).toBe('was given up: the loop is stopping');
    expect((await run(['true'], { signal: stop.signal })).problem).toMatch(/given up/);
  });
});

function run(argv: readonly string[], more: Partial<HookCommand> = {}) {
  const { signal } = new AbortController();
  return runCommand({ argv, cwd: '/', timeoutMs: 20_000, signal, ...more });
}
