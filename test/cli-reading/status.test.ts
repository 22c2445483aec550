import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOOP_MACHINE_VERSION } from '../../machines/loop.machine.ts';
import type { LoopStatus } from '../../src/domain/loop-status.ts';
import { neverRun } from '../../src/runner/never-run.ts';
import { ControlServer } from '../../src/runner/control-server.ts';
import { KNOWN_MACHINE_VERSION } from '../../src/runner/known-machine-version.ts';
import { ownerHere, writeOwner } from '../../src/stores/owner-file.ts';
import { foldIteration } from '../../src/domain/summary/fold-iteration.ts';
import type { IterationFacts } from '../../src/domain/summary/summary.ts';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand } from './use-command.ts';

const TASK = { task: 'prompt' };
const JSON_TOO = { ...TASK, json: true };

describe('status', () => {
  it('says that nothing was ever run, and how to begin; exit 3, nothing is created', async () => {
    const cwd = folder();
    const { code, out } = await useCommand('status', { cwd, globals: TASK });
    expect(code).toBe(3);
    expect(out).toMatch(/prompt has never run/);
    expect(out).toMatch(/autoloop start --prompt PROMPT\.md/);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('has every field of the contract as JSON', async () => {
    const cwd = folder();
    const { out } = await useCommand('status', { cwd, globals: JSON_TOO });
    expect(JSON.parse(out)).toMatchObject({
      ...{ task: 'prompt', state: 'idle', running: false, stale: false, pid: null, since: null },
      ...{
        iteration: 0,
        target: null,
        worker: null,
        wait: null,
        stopRequested: false,
        paused: false,
      },
      ...{ ended: null, dataDir: join(cwd, 'data', 'prompt'), responding: null },
    });
  });

  it('says why a stopped loop ended', async () => {
    const cwd = folder();
    const totals = {
      ...{ iterations: 5, succeeded: 4, failed: 1 },
      ...{ costUsd: 1.5, tokens: null, costIsEstimated: false },
    };
    const ending = { reason: 'max_iterations', exitCode: 0, message: null, fix: null };
    new DataFolder(cwd).snapshot('stopped', { iteration: 5, totals, ending });
    const human = await useCommand('status', { cwd, globals: TASK });
    expect(human.code).toBe(3);
    expect(human.out).toMatch(/has stopped[\s\S]*done its 5 iterations[\s\S]*\$1\.50/);
    const { out } = await useCommand('status', { cwd, globals: JSON_TOO });
    const ended = { reason: 'max_iterations', exitCode: 0, at: '2026-11-23T10:00:00.000Z' };
    expect(JSON.parse(out)).toMatchObject({ state: 'stopped', ended, totals });
  });

  it('says of a run that its last iteration ended why that failed', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    const ending = { reason: 'auth_failed', exitCode: 155, message: null, fix: null };
    data.snapshot('stopped', { iteration: 5, ending });
    const table = await useCommand('status', { cwd, globals: TASK });
    expect(table.out).toMatch(/why +auth_failed: login, key/);
    const facts: IterationFacts = {
      ...{ iteration: 5, target: null, outcome: 'auth_failed', reason: '401 Invalid API key' },
      ...{ startedAtEpochMs: 0, endedAtEpochMs: 1_000, costUsd: null, tokensIn: null },
      ...{
        tokensOut: null,
        said: '',
        measures: {},
        worked: true,
        changes: null,
        drifted: null,
        validation: null,
      },
      takenBack: false,
    };
    data.write(data.paths.summary, [JSON.stringify(foldIteration(null, facts, 'prompt'))]);
    const told = await useCommand('status', { cwd, globals: TASK });
    expect(told.out).toMatch(/why +auth_failed: 401 Invalid API key\n/);
    data.snapshot('stopped', { iteration: 6, ending });
    const later = await useCommand('status', { cwd, globals: TASK });
    expect(later.out).not.toContain('401');
  });

  it('calls an unfinished run without a runner stale; exit 4, with the command that goes on', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    data.snapshot({ running: 'working' }, { iteration: 3 });
    writeOwner(data.paths.owner, {
      ...ownerHere({ since: '', version: '', socket: '/nonexistent' }),
      startTicks: '1',
    });
    const { code, out } = await useCommand('status', { cwd, globals: TASK });
    expect(code).toBe(4);
    expect(out).toMatch(/died in the middle of a run[\s\S]*autoloop resume/);
  });

  it('tells a run that was left on purpose from one that died', async () => {
    const cwd = folder();
    new DataFolder(cwd).snapshot({ waiting: 'interval' }, { iteration: 3 });
    const { out } = await useCommand('status', { cwd, globals: TASK });
    expect(out).toMatch(/was left in the middle of a run/);
  });

  it.each([
    ['corrupted', '{"format": 1, "sna', /Cannot understand .*snapshot\.json/],
    ['newer', '{"format": 1, "version": 99}', /newer autoloop/],
  ])('refuses a %s state with 156', async (_, text, message) => {
    const cwd = folder();
    writeFileSync(new DataFolder(cwd).paths.snapshot, text);
    const { code, notices } = await useCommand('status', { cwd, globals: TASK });
    expect(code).toBe(156);
    expect(notices).toMatch(message);
  });

  it('refuses a state whose context makes no sense with 156', async () => {
    const cwd = folder();
    new DataFolder(cwd).snapshot('prompting', { totals: null as never });
    expect((await useCommand('status', { cwd, globals: TASK })).code).toBe(156);
  });

  it('asks the living runner, also where its pid means nothing here', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    const socket = join(data.paths.directory, 'control.sock');
    const server = new ControlServer({
      status: () => LIVE,
      steer: () => {},
      rotate: () => [],
      prune: () => [],
      admit: () => {},
      dismiss: () => {},
    });
    await server.listen(socket);
    onTestFinished(() => server.close());
    const elsewhere = {
      ...ownerHere({ since: '', version: '', socket: '/elsewhere.sock' }),
      pidNamespace: 'pid:[1]',
    };
    writeOwner(data.paths.owner, elsewhere);
    const { code, out } = await useCommand('status', { cwd, globals: JSON_TOO });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ ...LIVE, crashes: null, responding: true });
    const human = await useCommand('status', { cwd, globals: TASK });
    expect(human.out).toMatch(/waits for its next iteration[\s\S]*interval, over in 59m/);
  });

  it('calls a loop that lives and does not answer running, and says so', async () => {
    const cwd = folder();
    const data = new DataFolder(cwd);
    data.snapshot({ running: 'working' }, { iteration: 3 });
    const socket = join(data.paths.directory, 'control.sock');
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(() => void server.close());
    writeOwner(data.paths.owner, {
      ...ownerHere({ since: '', version: '', socket }),
      pidNamespace: 'pid:[1]',
    });
    const { code, out } = await useCommand('status', { cwd, globals: JSON_TOO });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      running: true,
      stale: false,
      responding: false,
      iteration: 3,
    });
  });

  it('shows all loops without a task; one that cannot be read does not hide the others', async () => {
    const cwd = folder();
    new DataFolder(cwd).snapshot({ running: 'working' });
    const broken = join(cwd, 'data', 'prompt');
    const { code, out } = await useCommand('status', { cwd, options: { all: true } });
    expect(code).toBe(4);
    expect(out).toMatch(/dead in running\.working/);
    writeFileSync(join(broken, 'snapshot.json'), 'nonsense');
    const after = await useCommand('status', {
      cwd,
      options: { all: true },
      globals: { json: true },
    });
    expect(after.code).toBe(3);
    expect(JSON.parse(after.out)).toMatchObject([{ loop: 'prompt', state: 'unreadable' }]);
  });

  it('shows no loops where there are none', async () => {
    const { code, out, notices } = await useCommand('status', {
      cwd: folder(),
      options: { all: true },
      globals: { json: true },
    });
    expect([code, JSON.parse(out)]).toEqual([3, []]);
    expect(notices).toBe('');
  });

  it('knows the version of the machine without loading it', () => {
    expect(KNOWN_MACHINE_VERSION).toBe(LOOP_MACHINE_VERSION);
  });
});

const LIVE: LoopStatus = {
  ...neverRun({ loop: 'prompt', task: 'prompt', dataDirectory: '/x' }, 4242),
  ...{ loop: 'prompt', task: 'prompt', state: 'waiting.interval', running: true, stale: false },
  ...{ pid: 4242, since: new Date().toISOString(), runId: 'r', iteration: 7, target: null },
  worker: null,
  wait: { kind: 'interval', until: new Date(Date.now() + 3_599_000).toISOString() },
  ...{ stopRequested: false, paused: false, ended: null },
  dataDir: '/x',
};
