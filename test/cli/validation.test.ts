import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isAlive, kill } from '../crash/end-project.ts';
import { eventually } from '../crash/crash-rig.ts';
import type { Called, CliProject } from './cli-project.ts';
import { loop, outcomes, promptFile, told, useRepository, useTask } from './fixing-task.ts';

const REPORT = String.raw`printf 'Done.\n\140\140\140json\n{"status":"success","changes":["wrote it"],"learned":["it is slow"]}\n\140\140\140\n'`;

describe('the gates of a task', () => {
  it('take work for what it is, and tell the next prompt of the target what is wrong', async () => {
    const project = useTask(`write bad; ${REPORT}`, {
      2: `write good; ${REPORT}`,
      gates: `[{ name: 'good', command: ['sh', '-c', 'echo key is sk-ant-abcdefghijklmnopqrstuvwxyz0123; cat work; grep -q good work'] }]`,
    });
    const { code } = await loop(project, 'run', '--max', '3', '--interval', '0').end;
    expect(code).toBe(0);
    expect(outcomes(project)).toEqual(['validation_failed', 'succeeded', 'succeeded']);
    expect(told(project, 'validation')).toEqual([
      { gate: 'good', passed: false, reason: 'exit code 1', tests: null, retried: false },
      { gate: 'good', passed: true, reason: null, tests: null, retried: false },
      { gate: 'good', passed: true, reason: null, tests: null, retried: false },
    ]);
    const second = promptFile(project, 2);
    expect(second).toContain('The last work on this (iteration 1) did not pass');
    expect(second).toContain('That work is still in place.');
    expect(second).toContain('## Not passed: good\n\nexit code 1\n\n```\nkey is [REDACTED:');
    expect(second).toContain('bad\n```');
    expect(second).not.toContain('abcdefghij');
    expect(promptFile(project, 3)).not.toContain('Not passed');
    const kept = readFileSync(project.path('data/fix/iterations/000001/gates.json'), 'utf8');
    expect(JSON.parse(kept)).toMatchObject([{ gate: 'good', passed: false }]);
    expect(kept).not.toContain('abcdefghij');
    const shown = await project.call('show', '1', '--task', 'fix');
    expect(shown.out).toMatch(/validation +not passed/);
  });

  it('are kept apart by target', async () => {
    const project = useTask('write bad', {
      task: `selectTarget: ({ iteration }) => (iteration % 2 === 1 ? 'odd' : 'even'),`,
      gates: `({ target }) => [{ name: 'for ' + target, command: target === 'odd' ? 'false' : 'true' }]`,
    });
    await loop(project, 'run', '--max', '3', '--interval', '0').end;
    expect(outcomes(project)).toEqual(['validation_failed', 'succeeded', 'validation_failed']);
    expect(promptFile(project, 2)).not.toContain('Not passed');
    expect(promptFile(project, 3)).toContain('## Not passed: for odd');
    expect(readdirSync(project.path('data/fix/gates'))).toHaveLength(1);
  });

  it('that cannot be told are not passed; work that failed meets none', async () => {
    const project = useTask('write x', { gates: `() => { throw new Error('no list') }` });
    expect((await loop(project, 'once').end).code).toBe(157);
    expect(told(project, 'validation')[0]?.['reason']).toContain('no list');
    const failing = useTask('exit 3', { gates: `[{ name: 'a', command: 'true' }]` });
    expect((await loop(failing, 'once').end).code).toBe(151);
    expect(told(failing, 'validation')).toEqual([]);
  });

  it('that are written wrong are told before anything starts', async () => {
    const project = useTask('write x', { gates: `[{ name: 'a', comand: 'true' }]` });
    const { code, err } = await loop(project, 'run').end;
    expect(code).toBe(150);
    expect(err).toContain('"gates" is no list of {name, command, …}');
    expect(err).toContain('see gate 1');
  });

  it('are seen while they run and afterwards, one by one', async () => {
    const project = useTask('write x', {
      gates: `[
        { name: 'style', command: ['sh', '-c', 'echo first line; echo style is bad; exit 4'] },
        { name: 'slow', command: ['sh', '-c', 'echo $$ > gate-pid; while [ ! -e go ]; do sleep 0.05; done; [ -e again ] || { touch again; exit 1; }'], retries: 1 },
        { name: 'tests', command: ['printf', 'TAP version 13\\nok 1 - a\\nnot ok 2 - b\\n1..2\\n'], parser: 'tap' },
      ]`,
    });
    const run = loop(project, 'run', '--max', '1', '--max-failures', '9');
    await gatePid(project);
    const { out: json } = await project.call('status', '--task', 'fix', '--json');
    expect(JSON.parse(json)).toMatchObject({
      state: 'summarizing.validating',
      validation: { gate: 'slow', number: 2, of: 3, failed: 1, since: expect.any(String) },
    });
    const status = (await project.call('status', '--task', 'fix')).out;
    expect(status).toMatch(/judging +gate slow \(2 of 3\), 1 not passed, for /);
    project.write('go', '');
    const { code, out } = await run.end;
    expect(code).toBe(0);
    expect(out).toMatch(/✗ gate style: exit code 4, [\d.]+s\n/);
    expect(out).toMatch(/✓ gate slow: passed the second time, [\d.]+s\n/);
    expect(out).toMatch(/✗ gate tests: 1 of 2 tests failed, [\d.]+s\n/);
    const after = await project.call('status', '--task', 'fix', '--json');
    expect(JSON.parse(after.out).validation).toBeNull();

    const shown = (await project.call('show', '1', '--task', 'fix')).out;
    expect(shown).toMatch(/Gates\n +GATE +WHAT CAME OF IT +TESTS +TOOK\n/);
    expect(shown).toMatch(/✗ +style +exit code 4 +– +[\d.]+s\n/);
    expect(shown).toMatch(/why +not passed: style, tests\n/);
    expect(shown).toMatch(/✓ +slow +passed the second time +– +[\d.]+s\n/);
    expect(shown).toMatch(/✗ +tests +1 of 2 tests failed +2 ran, 1 failed +[\d.]+s\n/);
    expect(shown).toContain('  style: exit code 4\n  │ first line\n  │ style is bad\n');
    const document = JSON.parse((await project.call('show', '1', '--task', 'fix', '--json')).out);
    const seconds = expect.any(Number);
    expect(document.gates).toEqual([
      {
        ...{ gate: 'style', passed: false, reason: 'exit code 4', tests: null, retried: false },
        ...{ seconds, output_tail: ['first line', 'style is bad'] },
      },
      {
        ...{ gate: 'slow', passed: true, reason: null, tests: null, retried: true },
        ...{ seconds, output_tail: null },
      },
      {
        ...{ gate: 'tests', passed: false, reason: '1 of 2 tests failed', retried: false },
        ...{ tests: { ran: 2, failed: 1 }, seconds },
        output_tail: ['TAP version 13', 'ok 1 - a', 'not ok 2 - b', '1..2'],
      },
    ]);
    rmSync(project.path('data/fix/iterations/000001/gates.json'));
    const left = JSON.parse((await project.call('show', '1', '--task', 'fix', '--json')).out);
    expect(left.gates[1]).toEqual({ ...document.gates[1], seconds, output_tail: null });
    expect(left.gates[0]).toMatchObject({ gate: 'style', passed: false, output_tail: null });
  });

  it('are ended with the loop by stop --force, and the work is none', async () => {
    const project = useTask('write x', {
      gates: `[{ name: 'long', command: ['sh', '-c', 'echo $$ > gate-pid; exec sleep 300'] }]`,
    });
    const run = loop(project, 'run');
    const pid = await gatePid(project);
    expect((await project.call('stop', '--force', '--task', 'fix')).code).toBe(0);
    await run.end;
    await eventually('the gate is ended', () => !isAlive(pid));
    expect(outcomes(project)).toEqual(['killed']);
  });

  it('go on after their runner was killed: what it left is ended, and they run once more', async () => {
    const project = useTask('write x', {
      gates: `[{ name: 'g', command: ['sh', '-c', 'echo $$ > gate-pid; [ -e go ] || exec sleep 300'] }]`,
    });
    const run = loop(project, 'run', '--max', '1');
    const pid = await gatePid(project);
    kill(Number(readFileSync(project.path('data/fix/loop.pid'), 'utf8')));
    await run.end;
    project.write('go', '');
    expect(isAlive(pid)).toBe(true);
    expect((await loop(project, 'run', '--max', '1').end).code).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(outcomes(project)).toEqual(['succeeded']);
    expect(told(project, 'validation')).toHaveLength(1);
  });
});

describe('checkpoints', () => {
  it('take back what did not pass, commit what did, and undo it', async () => {
    const project = useTask(`write bad; ${REPORT}`, {
      2: `write good; ${REPORT}`,
      gates: `[{ name: 'good', command: 'grep -q good work' }]`,
    });
    const git = useRepository(project);
    const flags = ['--max', '2', '--interval', '0', '--checkpoint', 'commit'];
    expect((await loop(project, 'run', ...flags).end).code).toBe(0);
    expect(promptFile(project, 2)).toContain('`git show refs/autoloop/discarded/1` shows it');
    expect(git('show', 'refs/autoloop/discarded/1:work')).toBe('bad\n');
    expect(git('log', '--format=%s')).toBe('fix: wrote it\nfirst\n');
    expect(told(project, 'rollback')).toEqual([{ ref: 'refs/autoloop/discarded/1' }]);
    expect(told(project, 'checkpoint')).toEqual([{ commit: git('rev-parse', 'HEAD').trim() }]);
    expect(git('status', '--porcelain')).toBe('');
    const figures = async (...more: string[]): Promise<unknown> =>
      JSON.parse((await project.call('json', 'summary', '--task', 'fix', ...more)).out).quality;
    const quality = { validation_pass_rate: 0.5, rollback_frequency: 0.5, error_rate: 0.5 };
    expect(await figures()).toMatchObject(quality);
    expect(await figures('--rebuild')).toMatchObject(quality);
    const undo = (n: string): Promise<Called> => project.call('undo', n, '--task', 'fix');
    expect((await undo('1')).err).toContain('was taken back already');
    expect(await undo('2')).toMatchObject({ code: 0, out: expect.stringContaining('is undone') });
    expect([project.has('work'), git('status', '--porcelain')]).toEqual([false, '']);
    expect((await undo('2')).out).toContain('was undone before');
    expect(await undo('9')).toMatchObject({ code: 150 });
    expect(await project.call('undo', 'x', '--task', 'fix')).toMatchObject({ code: 2 });
  });

  it('tell what changed where the agent does not', async () => {
    const project = useTask('write x; echo fine', {});
    useRepository(project);
    await loop(project, 'once', '--checkpoint', 'branch').end;
    const report = readFileSync(project.path('data/fix/iterations/000001/report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ derived: true, changes: ['work'] });
  });

  it('need a repository, and a clean one unless it is said otherwise', async () => {
    const project = useTask('write x', {});
    const refused = await loop(project, 'run', '--checkpoint', 'commit').end;
    expect(refused).toMatchObject({ code: 150, err: expect.stringContaining('git init') });
    expect(project.has('data')).toBe(false);
    const git = useRepository(project);
    project.write('mine', 'mine\n');
    for (const command of ['run', 'start', 'once', 'dry-run']) {
      const dirty = await loop(project, command, '--checkpoint', 'commit').end;
      expect(dirty.code, command).toBe(command === 'dry-run' ? 0 : 150);
      expect(dirty.err + dirty.out, command).toContain('mine is not committed');
      expect(dirty.err + dirty.out, command).toContain('take it along with --dirty-start carry');
    }
    const { environment } = project;
    project.environment = { ...environment, CHECKPOINT: 'commit' };
    const health = await project.call('health', '--task', 'fix');
    project.environment = environment;
    expect(health.code).toBe(1);
    expect(health.out).toMatch(/✗ checkpoint .*mine is not\s+committed/s);
    expect([project.has('data'), git('status', '--porcelain')]).toEqual([false, '?? mine\n']);
    const carry = ['--checkpoint', 'commit', '--dirty-start', 'carry'];
    expect((await loop(project, 'once', ...carry).end).code).toBe(0);
    expect(git('status', '--porcelain')).toBe('?? mine\n');
  });

  it('are not begun on what came between two iterations, and nothing of a hook is left behind', async () => {
    const project = useTask('write x', { 2: 'write y' });
    const git = useRepository(project);
    project.write(
      '.git/hooks/post-commit',
      '#!/bin/sh\nsetsid sleep 300 &\necho $! > .git/left\necho mine > mine\necho "no network"; exit 1\n',
    );
    execFileSync('chmod', ['+x', project.path('.git/hooks/post-commit')]);
    const run = await loop(project, 'run', '--interval', '0', '--checkpoint', 'commit').end;
    expect(run.code).toBe(151);
    expect(told(project, 'iteration_skip')[0]?.['reason']).toContain('mine is not committed');
    expect(told(project, 'checkpoint')).toEqual([{ commit: git('rev-parse', 'HEAD').trim() }]);
    expect(told(project, 'warning')[0]?.['message']).toContain('no network');
    expect(isAlive(Number(readFileSync(project.path('.git/left'), 'utf8')))).toBe(false);
  });

  it('are made once though their runner is killed in the middle', async () => {
    const project = useTask('write x', {});
    const git = useRepository(project);
    const hook = project.path('.git/hooks/pre-commit');
    mkdirSync(project.path('.git/hooks'), { recursive: true });
    project.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\n[ -e .git/go ] || { echo $$ > gate-pid; exec sleep 300; }\n',
    );
    execFileSync('chmod', ['+x', hook]);
    const run = loop(project, 'run', '--max', '1', '--checkpoint', 'commit');
    const pid = await gatePid(project);
    kill(Number(readFileSync(project.path('data/fix/loop.pid'), 'utf8')));
    await run.end;
    expect(isAlive(pid)).toBe(true);
    project.write('.git/go', '');
    expect((await loop(project, 'run', '--max', '1', '--checkpoint', 'commit').end).code).toBe(0);
    expect(isAlive(pid), 'what the dead runner left').toBe(false);
    expect(git('rev-list', '--count', 'HEAD')).toBe('2\n');
    expect(told(project, 'checkpoint')).toHaveLength(1);
    expect(outcomes(project)).toEqual(['succeeded']);
  });
});

async function gatePid(project: CliProject): Promise<number> {
  const path = project.path('gate-pid');
  await eventually(
    'the gate runs',
    () => project.has('gate-pid') && readFileSync(path, 'utf8') !== '',
  );
  return Number(readFileSync(path, 'utf8'));
}
