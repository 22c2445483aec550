import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { startService } from '../../../src/task/commands/start-service.ts';
import { startTarget } from '../../../src/task/commands/start-target.ts';
import { eventually } from '../../crash/crash-rig.ts';
import { isAlive, kill } from '../../crash/end-project.ts';
import { contextOf } from '../context-of.ts';
import { scratch } from '../scratch.ts';

describe('a service that is to stay', () => {
  it('runs on in a session of its own, and is not started again while it lives', async () => {
    const place = useFolder();
    expect(await start(place)).toEqual({ how: 'stays' });
    const [first = 0] = pidsIn(place);
    expect(readFileSync(`/proc/${first}/stat`, 'utf8').split(' ')[5], 'leads its session').toBe(
      String(first),
    );
    expect(await start(place)).toEqual({ how: 'runs' });
    expect(pidsIn(place)).toEqual([first]);
    kill(first);
    await eventually('it is gone', () => !isAlive(first));
    expect(await start(place)).toEqual({ how: 'stays' });
    expect(pidsIn(place)).toHaveLength(2);
  });

  it('is not taken for another process that has its pid by now', async () => {
    const place = useFolder();
    await start(place);
    const [file = ''] = globSync(join(place, 'data/services/*.json'));
    const known: object = JSON.parse(readFileSync(file, 'utf8'));
    expect(known).toEqual({ pid: pidsIn(place)[0], began: expect.any(String) });
    writeFileSync(file, JSON.stringify({ ...known, began: 'another time' }));
    expect(await start(place)).toEqual({ how: 'stays' });
    writeFileSync(file, '{"pid": ');
    expect(await start(place)).toEqual({ how: 'stays' });
    expect(pidsIn(place)).toHaveLength(3);
  });

  it('may be handed on to somebody else: then the command just ends', async () => {
    expect(await start(useFolder(), ['true'])).toEqual({ how: 'started' });
  });

  it.each([
    [['sh', '-c', 'exit 3'], 'ended with exit code 3'],
    [['no-such-program'], 'cannot be started: there is no no-such-program'],
    [[''], /cannot be started: /],
    [['/etc/passwd'], 'cannot be started: /etc/passwd is no program'],
  ])('that cannot be started is told as such: %j', async (argv, problem) => {
    expect(await start(useFolder(), argv)).toEqual({
      how: 'failed',
      problem: expect.stringMatching(problem),
    });
  });
});

it('a service that cannot be remembered is not started', async () => {
  const place = useFolder();
  writeFileSync(join(place, 'data'), 'no folder');
  expect(await start(place)).toMatchObject({
    how: 'failed',
    problem: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
  expect(pidsIn(place)).toEqual([]);
});

describe('the target of an iteration', () => {
  it.each<[Outcome, 'plan' | null, boolean]>([
    ['succeeded', null, true],
    ['no_change', null, true],
    ['failed', null, false],
    ['validation_failed', null, false],
    ['succeeded', 'plan', false],
  ])('is started after good work alone: %s, mode %s', async (outcome, mode, isStarted) => {
    const workspace = scratch();
    await startTarget(ended({ workspace, outcome, mode }), 'sh -c "echo $0 >> started" {target}');
    expect(existsSync(join(workspace, 'started'))).toBe(isStarted);
  });

  it('is not started where there is none, or no command', async () => {
    const workspace = scratch();
    await startTarget({ ...ended({ workspace }), target: null }, 'touch started');
    await startTarget(ended({ workspace }), '');
    expect(existsSync(join(workspace, 'started'))).toBe(false);
  });

  it('that cannot be started is told', async () => {
    await expect(startTarget(ended({ workspace: scratch() }), 'sh -c "exit 3"')).rejects.toThrow(
      'api could not be started: its start command (sh -c exit 3) ended with exit code 3',
    );
  });
});

function ended(facts: { workspace: string; outcome?: Outcome; mode?: 'plan' | null }) {
  const { workspace, outcome = 'succeeded', mode = null } = facts;
  const context = contextOf({ workspace, target: 'api', dataDir: join(workspace, 'data') });
  return { ...context, settings: { ...context.settings, mode }, outcome, report: null };
}

/** Whatever is started in it is ended with the test. */
function useFolder(): string {
  const place = scratch();
  writeFileSync(join(place, 'pids'), '');
  onTestFinished(() => pidsIn(place).forEach(kill));
  return place;
}

function pidsIn(place: string): number[] {
  return readFileSync(join(place, 'pids'), 'utf8').split('\n').filter(Boolean).map(Number);
}

const STAYS = ['sh', '-c', 'echo $$ >> pids; exec sleep 600'];

async function start(cwd: string, argv: readonly string[] = STAYS) {
  const before = pidsIn(cwd).length;
  const { signal } = new AbortController();
  const place = { name: 'a/../b', cwd, dataDir: join(cwd, 'data'), watchMs: 500 };
  const started = await startService({ ...place, argv, signal });
  if (started.how === 'stays') {
    await eventually('it has said its pid', () => pidsIn(cwd).length > before);
  }
  return started;
}
