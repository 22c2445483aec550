import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder } from '../cli-reading/use-command.ts';

const AUTOLOOP = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');

function run(hooks: string, ...more: readonly string[]) {
  const cwd = folder();
  mkdirSync(join(cwd, 'tasks/mine'), { recursive: true });
  writeFileSync(join(cwd, 'tasks/mine/task.ts'), `export default { ${hooks} };`);
  writeFileSync(join(cwd, 'tasks/mine/prompt.md'), 'Do it.');
  writeFileSync(join(cwd, 'agent.sh'), '#!/bin/sh\nsleep 1\ncat\n', { mode: 0o755 });
  const agent = ['--agent', 'command', '--agent-command', './agent.sh', '--min-free-mb', '0'];
  const words = ['run', '--task', 'mine', '--max', '2', '--interval', '0', ...agent, ...more];
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd };
  const { status, stdout, stderr } = spawnSync(AUTOLOOP, words, { cwd, env, encoding: 'utf8' });
  const trace = join(cwd, 'data/mine/runner.err');
  const log = readFileSync(join(cwd, 'data/mine/loop.log'), 'utf8');
  const last = existsSync(trace) ? readFileSync(trace, 'utf8') : '';
  return { status, stdout, stderr, log, trace: last };
}

it('goes on where a hook leaves a timer or a promise behind that fails, and says so', () => {
  const { status, stderr, trace } = run(`
    buildHelperContext() {
      setTimeout(() => { throw new Error('thrown late, password=hunter2hunter2'); }, 50);
      void Promise.reject(new Error('rejected late'));
      return '';
    }`);
  expect(stderr).toMatch(/Left behind by a hook, and failed since: rejected late/);
  expect(stderr).toMatch(/Left behind by a hook, and failed since: thrown late/);
  expect(stderr).not.toContain('hunter2');
  expect(status).toBe(0);
  expect(trace, 'it is not what the runner died of').toBe('');
});

it('goes on where code of a task would end the process, at once or later, and calls it a failure', () => {
  const { status, stdout, stderr, log } = run(`
    buildHelperContext() { process.exit(0); },
    afterIteration() { setTimeout(() => process.exit(0), 50); },`);
  expect(log).toMatch(
    /buildHelperContext of task .{1,3}mine.{1,3} threw: process\.exit was called/,
  );
  expect(stderr).toMatch(/Left behind by a hook, and failed since: process\.exit was called/);
  expect(stdout).toMatch(/reached --max \(2 iterations, 2 succeeded/);
  expect(status).toBe(0);
});

it('goes on where hooks throw, log without end, or return what cannot be read', () => {
  const { status } = run(`
    buildHelperContext({ log }) {
      for (let line = 0; line < 100_000; line += 1) log('x'.repeat(1_000));
      return 'x'.repeat(20_000_000);
    },
    isComplete: () => new Proxy({}, { getPrototypeOf() { throw new Error('no'); } }),
    afterIteration() { throw null; },
    measure: () => ({ prd: { done: 1, total: 0 } }),`);
  expect(status).toBe(0);
});

it('keeps what a task prints out of its own results', () => {
  const { status, stdout, stderr } = run(
    `buildHelperContext() { console.log('garbage \\0\\x1b['); console.table([1]); return ''; }`,
    '--json',
  );
  expect(status).toBe(0);
  expect(stderr).toContain('garbage');
  for (const line of stdout.trim().split('\n')) {
    expect(JSON.parse(line)).toEqual(expect.any(Object));
  }
});
