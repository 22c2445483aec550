import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runGate } from '../../../src/actors/gates/run-gate.ts';
import { sweepAttempt } from '../../../src/stores/attempt-processes.ts';
import type { TaskGate } from '../../../src/task/gate.ts';
import { gateOf, gates } from '../../../src/task/gate-schemas.ts';
import { isAlive } from '../../crash/end-project.ts';

const NODE = process.execPath;

describe('a gate', () => {
  it('is passed with the exit code it expects', async () => {
    expect(await run({ command: ['true'] })).toMatchObject({ passed: true, reason: null });
    expect(await run({ command: 'sh -c "exit 3"', expects: 3 })).toMatchObject({ passed: true });
  });

  it('is not passed with any other, or by a signal', async () => {
    expect(await run({ command: 'sh -c "echo why; exit 3"' })).toMatchObject({
      ...{ passed: false, reason: 'exit code 3', output: 'why\n' },
    });
    expect(await run({ command: ['true'], expects: 1 })).toMatchObject({
      reason: 'exit code 0, expected 1',
    });
    expect(await run({ command: ['sh', '-c', 'kill -9 $$'] })).toMatchObject({
      reason: 'signal SIGKILL',
    });
  });

  it('splits a command into words and hands it to no shell', async () => {
    const { output } = await run({ command: `echo '$HOME' "a b" *` });
    expect(output).toBe('$HOME a b *\n');
  });

  it('runs in the folder it names', async () => {
    const folder = scratch();
    expect((await run({ command: ['pwd'], cwd: folder })).output).toBe(`${folder}\n`);
    expect(await run({ command: ['pwd'], cwd: 'nowhere' })).toMatchObject({
      reason: 'it could not be started (ENOENT)',
    });
  });

  it('that cannot be started is not passed', async () => {
    expect(await run({ command: ['no-such-program'] })).toMatchObject({
      ...{ passed: false, reason: 'it could not be started (ENOENT)' },
    });
  });

  it('that takes too long is ended whole, whoever left its group', async () => {
    const pids = join(scratch(), 'pids');
    const script = `setsid sh -c 'echo $$ >> ${pids}; sleep 60' & sh -c 'echo $$ >> ${pids}; sleep 60' & wait`;
    const ended = await run({ command: ['sh', '-c', script], timeoutSeconds: 0.5 });
    expect(ended).toMatchObject({ passed: false, reason: 'it did not end within 0.5 s' });
    const left = readFileSync(pids, 'utf8').trim().split('\n').map(Number);
    expect(left).toHaveLength(2);
    expect(left.filter(isAlive)).toEqual([]);
  });

  it('leaves nothing behind when it ends by itself, and is not held by what holds its output', async () => {
    const pids = join(scratch(), 'pids');
    const script = `setsid sh -c 'echo $$ > ${pids}; exec sleep 60' & while [ ! -s ${pids} ]; do sleep 0.01; done; echo done`;
    expect(await run({ command: ['sh', '-c', script] })).toMatchObject({
      ...{ passed: true, output: 'done\n' },
    });
    expect(isAlive(Number(readFileSync(pids, 'utf8')))).toBe(false);
  });

  it('is given up when the loop is stopped', async () => {
    const stop = new AbortController();
    const ended = run({ command: ['sleep', '60'] }, stop.signal);
    stop.abort();
    expect(await ended).toMatchObject({
      ...{ passed: false, reason: 'the loop was stopped before it ended' },
    });
  });

  it('keeps the beginning and the end of what floods it', async () => {
    const script =
      "console.log('first'); for (let i = 0; i < 6e5; i++) console.log('x'.repeat(20)); console.log('last')";
    const { output } = await run({ command: [NODE, '-e', script] });
    expect(output.length).toBeLessThan(3_200_000);
    expect(output).toMatch(/^first\n[^]*\[\d+ bytes left out\][^]*\nlast\n$/);
  });

  it('is run once more where it may be, and only then', async () => {
    const count = join(scratch(), 'count');
    const flaky = `echo x >> ${count}; [ $(wc -l < ${count}) -eq 2 ]`;
    const command = ['sh', '-c', flaky];
    expect(await run({ command })).toMatchObject({ passed: false, retried: false });
    rmSync(count);
    expect(await run({ command, retries: 1 })).toMatchObject({ passed: true, retried: true });
    expect(await run({ command, retries: 1 })).toMatchObject({ passed: false, retried: true });
    expect(readFileSync(count, 'utf8')).toBe('x\nx\nx\nx\n');
  });
});

describe('a gate with a parser', () => {
  const tap = (script: string): Partial<TaskGate> => ({
    command: [NODE, '--test', '--test-reporter=tap', written('a.test.mjs', script)],
    parser: 'tap',
  });

  it('counts the tests of a real run', async () => {
    const passing = tap("import test from 'node:test'; test('a', () => {}); test('b', () => {});");
    expect(await run(passing)).toMatchObject({ passed: true, tests: { ran: 2, failed: 0 } });
    const failing = tap(
      "import test from 'node:test'; test('a', () => {}); test('b', () => { throw new Error('no'); });",
    );
    expect(await run(failing)).toMatchObject({
      ...{ passed: false, reason: 'exit code 1; 1 of 2 tests failed' },
    });
  });

  it('is not passed when no test ran, whatever the exit code', async () => {
    const skipping = tap("import test from 'node:test'; test('a', { skip: true }, () => {});");
    expect(await run(skipping)).toMatchObject({
      ...{ passed: false, reason: '0 tests ran', tests: { ran: 0, failed: 0 } },
    });
    expect(await run(tap(''))).toMatchObject({ passed: false, reason: '0 tests ran' });
  });

  it('is not passed when there is no summary, or the summary tells of failures', async () => {
    expect(await run({ command: ['echo', 'fine'], parser: 'pytest' })).toMatchObject({
      ...{ passed: false, reason: 'its output holds no summary as pytest writes it' },
    });
    expect(
      await run({ command: ['echo', '1 failed, 1 passed in 0.1s'], parser: 'pytest' }),
    ).toMatchObject({ passed: false, reason: '1 of 2 tests failed' });
  });

  it('reads the report the command wrote, and none of an earlier run', async () => {
    const folder = scratch();
    const report = join(folder, 'junit.xml');
    const writes = `echo '<testsuite><testcase name="a"/></testsuite>' > ${report}`;
    const gate = { parser: 'junit', report } as const;
    expect(await run({ ...gate, command: ['sh', '-c', writes] })).toMatchObject({ passed: true });
    utimesSync(report, 1, 1);
    expect(await run({ ...gate, command: ['true'] })).toMatchObject({
      ...{ passed: false, reason: `its report ${report} was not written anew` },
    });
    expect(await run({ ...gate, report: 'missing.xml', command: ['true'] })).toMatchObject({
      passed: false,
    });
    expect(
      await run({ ...gate, command: ['sh', '-c', `rm ${report}; mkfifo ${report}`] }),
    ).toMatchObject({
      passed: false,
    });
  });

  it('may bring its own, which cannot wedge or fool it', async () => {
    const command = ['echo', '17 fine'];
    const seen: unknown[] = [];
    const counts = { ran: 17, failed: 0 };
    const parser: TaskGate['parser'] = (told) => (seen.push(told), counts);
    expect(await run({ command, parser })).toMatchObject({ passed: true, tests: counts });
    expect(seen).toEqual([{ output: '17 fine\n', exitCode: 0 }]);
    expect(await run({ command, parser: () => ({ ran: 0, failed: 0 }) })).toMatchObject({
      reason: '0 tests ran',
    });
    expect(
      await run({ command, parser: () => ({ passed: false, reason: 'too few' }) }),
    ).toMatchObject({ passed: false, reason: 'too few' });
    const broken = (): never => {
      throw new Error('oops');
    };
    expect(await run({ command, parser: broken })).toMatchObject({
      ...{ passed: false, reason: 'its parser threw: Error: oops' },
    });
    expect(await run({ command, parser: (() => 'yes') as never })).toMatchObject({
      passed: false,
      reason: 'its parser must return true, false, {ran, failed} or {passed, reason?}',
    });
    expect(await run({ command: ['false'], parser: () => true })).toMatchObject({ passed: false });
  });
});

describe('the list of gates', () => {
  it.each([
    [[{ name: 'a', command: [] }]],
    [[{ name: 'a', command: '' }]],
    [[{ name: 'a', command: "echo 'open" }]],
    [[{ name: 'a\nb', command: 'true' }]],
    [[{ name: 'a', command: 'true', timeoutSeconds: 0 }]],
    [[{ name: 'a', command: 'true', timeoutSeconds: Number.NaN }]],
    [[{ name: 'a', command: 'true', retries: 2 }]],
    [[{ name: 'a', command: 'true', parser: 'mocha' }]],
    [[{ name: 'a', command: 'true', expect: 1 }]],
    [[{ name: 'a', command: 'a\0b' }]],
    [
      [
        { name: 'a', command: 'true' },
        { name: 'a', command: 'false' },
      ],
    ],
  ])('refuses %j', (list) => {
    expect(gates.safeParse(list).success).toBe(false);
  });
});

let runs = 0;

async function run(facts: Partial<TaskGate>, signal = new AbortController().signal) {
  runs += 1;
  const mark = `gate-test-${process.pid}-${runs}`;
  const [checked] = gates.parse([{ name: 'a gate', command: ['true'], ...facts }]);
  const gate = gateOf(checked!, tmpdir());
  const env = { PATH: process.env['PATH'] ?? '', AUTOLOOP_ATTEMPT_ID: mark };
  return runGate(gate, { env, signal, sweep: () => sweepAttempt(mark) });
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-gate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function written(name: string, text: string): string {
  const path = join(scratch(), name);
  writeFileSync(path, text);
  return path;
}
