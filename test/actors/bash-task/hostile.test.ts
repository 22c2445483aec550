import { existsSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../crash/crash-rig.ts';
import { isAlive, kill } from '../../crash/end-project.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { loadIn, useBashTask, type UsedBashTask } from './use-bash-task.ts';
import { scratch } from '../../task/scratch.ts';

describe('a hook of a bash task that misbehaves', () => {
  it('is ended with its whole group when its time is up, and what it said is logged', async () => {
    const used = await useBashTask(`task_build_helper_context() {
      trap '' TERM INT
      (trap '' TERM; echo $BASHPID > child; while :; do sleep 1000; done) &
      echo stuck >&2
      until [[ -s child ]]; do :; done
      touch hangs
      while :; do sleep 1000; done
    }`);
    const clock = new ManualClock();
    const called = used.call('buildHelperContext', {}, { clock, timeoutMs: 60_000 });
    await eventually('it hangs', () => existsSync(join(used.root, 'hangs')));
    // What it said before has been read then.
    await setImmediate();
    clock.advance(60_000);
    expect(await called).toMatchObject({
      ok: false,
      message: expect.stringMatching(/did not finish within 60 s/),
    });
    await childIsGone(used, 'child');
    await eventually('it is logged', () => used.logged.length > 0);
    expect(used.logged).toEqual([
      'task_build_helper_context says: stuck',
      'task_build_helper_context was given up',
    ]);
  });

  it('is not waited for when it leaves children that hold its output, which are ended', async () => {
    const used = await useBashTask(`task_build_helper_context() {
      sleep 1000 & echo $! > child
      echo text
    }`);
    expect(await used.call('buildHelperContext')).toEqual({ ok: true, value: 'text' });
    await childIsGone(used, 'child');
  });

  it('may leave a daemon in a session of its own, whatever that holds open', async () => {
    const used = await useBashTask(`task_prepare_worker_env() {
      setsid bash -c 'echo $$ > starting; mv starting daemon; exec sleep 1000' &
      until [[ -e daemon ]]; do :; done
      export A=1
    }`);
    expect(await used.call('prepareWorkerEnv')).toMatchObject({ value: { A: '1' } });
    const pid = pidIn(used, 'daemon');
    onTestFinished(() => kill(pid));
    expect(isAlive(pid)).toBe(true);
  });

  it('is ended when it floods its output', async () => {
    const used = await useBashTask('task_build_helper_context() { yes garbage; }');
    expect(await used.call('buildHelperContext')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/printed more than 16 MB/),
    });
  });

  it('may flood stderr: the head of it is logged', async () => {
    const used = await useBashTask(
      'task_build_helper_context() { head -c 3000000 /dev/zero | tr "\\0" x >&2; echo done; }',
    );
    expect(await used.call('buildHelperContext')).toEqual({ ok: true, value: 'done' });
    expect(used.logged[0]?.length).toBeLessThan(66_000);
  });

  it('is not quoted with half a secret at the end', async () => {
    const used = await useBashTask(
      `task_build_helper_context() { head -c 65530 /dev/zero | tr '\\0' x >&2; echo ' hunter2-and-more' >&2; yes | head -c 99999 >&2; }`,
    );
    await used.call('buildHelperContext');
    expect(used.logged[0]).toMatch(/x\n\[cut\]$/);
  });

  it('is refused where there is no bash, and says so', async () => {
    await expect(useBashTask('', { environment: { PATH: '/nowhere' } })).rejects.toMatchObject({
      message: expect.stringMatching(/needs bash, which was not found/),
    });
  });

  it('is not called in a workspace that has gone, and says so', async () => {
    const { call } = await useBashTask('task_build_prompt() { :; }');
    expect(await call('buildPrompt', { workspace: '/nowhere' })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/could not be started in \/nowhere, which does not exist/),
    });
  });

  it('may print NULs and what is no text', async () => {
    const used = await useBashTask(
      "task_build_helper_context() { printf 'a\\0b\\377c;7\\n\\n'; printf '\\0\\377' >&2; }",
    );
    expect(await used.call('buildHelperContext')).toEqual({ ok: true, value: 'ab\uFFFDc;7' });
  });

  it.each([
    ['exit 3', /ended with code 3/],
    ['return 4', /ended with code 4/],
    ['kill -9 $BASHPID', /ended with code 137/],
    ['kill -9 $$', /was ended by SIGKILL/],
    ['kill -9 0', /was ended by SIGKILL/],
    ['echo "$unset_thing"', /ended with code 1/],
    ['exec /nowhere', /ended with code 12[67]/],
    ['source /nowhere', /ended with code 1/],
  ])('fails as one hook: %s', async (body, problem) => {
    const used = await useBashTask(`set -eu\ntask_build_prompt() { echo half; ${body}; }`);
    expect(await used.call('buildPrompt')).toMatchObject({
      ok: false,
      message: expect.stringMatching(problem),
    });
    expect(await used.call('checkWorkerAvailable')).toMatchObject({ ok: true });
  });

  it.each([
    ['exec > /dev/null 2>&1'],
    ['exec >&- 2>&-'],
    ["printf() { echo no; }; trap 'exit 9' ERR; shopt -s nullglob; set -f; IFS=0123456789"],
  ])('does not keep us from its end: %s', async (body) => {
    const used = await useBashTask(
      `task_prepare_worker_env() { ${body}; export A=1; }\ntask_build_helper_context() { ${body}; }`,
    );
    expect(await used.call('prepareWorkerEnv')).toMatchObject({ ok: true, value: { A: '1' } });
    expect(await used.call('buildHelperContext')).toMatchObject({ ok: true, value: '' });
  });

  it('goes with the runner: one that is killed leaves no hook behind', async () => {
    const root = scratch({
      'tasks/mine/task.sh': `task_build_helper_context() { echo $BASHPID > hook; sleep 1000; }`,
    });
    const runner = spawn(process.execPath, [HANGS, root], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    onTestFinished(() => void runner.kill('SIGKILL'));
    const file = join(root, 'hook');
    await eventually(
      'it hangs',
      () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'),
    );
    const pid = Number(readFileSync(file, 'utf8'));
    expect(isAlive(pid)).toBe(true);
    runner.kill('SIGKILL');
    await eventually('the hook is gone', () => !isAlive(pid));
  });
});

const HANGS = join(import.meta.dirname, 'programs', 'calls-hook.ts');

describe('a task.sh that cannot be a task', () => {
  it.each([
    [
      'a syntax error, with its line',
      'a=1\nif then\n',
      /could not be sourced: .*line 2: syntax error/,
    ],
    [
      'a command that fails under set -e',
      'set -e\nfalse\n',
      /could not be sourced: it ended with code 1/,
    ],
    ['an exit', 'echo "no hunter2" >&2\nexit 7\n', /it ended with code 7: no \[REDACTED\]/],
  ])('is refused with 150: %s', async (_, script, message) => {
    await expect(useBashTask(script)).rejects.toMatchObject({
      code: 150,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/bash -n .*task\.sh/),
    });
  });

  it('is given up when it hangs', async () => {
    await expect(useBashTask('sleep 1000', { timeoutMs: 50 })).rejects.toMatchObject({
      code: 150,
      message: expect.stringMatching(/it did not finish within 0.05 s/),
    });
  });

  it('is not looked at beside a module', async () => {
    const root = scratch({
      'tasks/mine/task.mjs': 'export default { description: "x" };\n',
      'tasks/mine/task.sh': 'exit 1\n',
    });
    const { task } = await loadIn(root, 'mine');
    expect(task.file).toMatch(/task\.mjs$/);
  });
});

function pidIn({ root }: UsedBashTask, name: string): number {
  return Number(readFileSync(join(root, name), 'utf8'));
}

async function childIsGone(used: UsedBashTask, name: string): Promise<void> {
  const pid = pidIn(used, name);
  expect(pid).toBeGreaterThan(1);
  await eventually(`${name} is gone`, () => !isAlive(pid));
}
