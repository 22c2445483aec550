import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/domain/error.ts';
import { OUTCOMES } from '../../src/domain/outcome.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { eventually, expectNothingLostOrPaidTwice } from './crash-rig.ts';
import { isAlive, kill } from './end-project.ts';
import { canManage, UserManager } from './user-manager.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const AUTOLOOP = join(ROOT, 'bin', 'autoloop');
const PAGE = readFileSync(join(ROOT, 'docs', 'running-as-a-service.md'), 'utf8');
const [USER_UNIT = '', SYSTEM_UNIT = ''] = [...PAGE.matchAll(/^```ini\n(.*?)^```$/gms)].map(
  ([, unit = '']) => unit,
);
const UNITS = [
  ['user', USER_UNIT, ['--user']],
  ['machine', SYSTEM_UNIT, []],
] as const;

const canVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

/** Ended without autoloop's doing, its run unfinished. */
const ABNORMAL: readonly number[] = [EXIT.internal, EXIT.hangup];
/** Codes of `status`, never of `run`. */
const OF_STATUS: readonly number[] = [EXIT.notRunning, EXIT.stale];
const CODES_OF_RUN = [
  ...new Set([...Object.values(EXIT), ...Object.values(OUTCOMES).map(({ exitCode }) => exitCode)]),
].filter((code) => !OF_STATUS.includes(code));

describe.each(UNITS)('the unit for the %s on the page', (_, unit, flags) => {
  it('starts nothing again that ended by design', () => {
    expect(valueOf(unit, 'Restart')).toBe('on-abnormal');
    expect(valueOf(unit, 'RestartForceExitStatus').split(' ').map(Number)).toEqual(ABNORMAL);
  });

  it('leaves the worker alone', () => {
    expect(valueOf(unit, 'KillMode')).toBe('process');
    expect(valueOf(unit, 'KillSignal')).toBe('SIGHUP');
  });

  it.runIf(canVerify)('is one', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'autoloop-improve.service');
    writeFileSync(file, adapted(unit, folder));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...flags, file], {
      env: { PATH: process.env['PATH'] ?? '', XDG_RUNTIME_DIR: folder, HOME: folder },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

it('tells on the page what becomes of each exit code of run', () => {
  const table = PAGE.slice(PAGE.indexOf('### Which exit codes'), PAGE.indexOf('### Output'));
  const told = [...table.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = '']) =>
    codes.split(',').map(Number),
  );
  expect(told).toEqual(expect.arrayContaining(CODES_OF_RUN));
});

describe.runIf(canManage)('under systemd itself', () => {
  it('a run outlives its runner: killed, restarted, stopped and started again', async () => {
    const { manager, project } = await useService();
    const worker = project.workerPid();

    kill(project.runnerPid());
    await project.recorded('worker_adopt', 1);
    expect(manager.show('loop', 'NRestarts')).toBe('1');
    manager.call('restart', 'loop');
    await project.recorded('worker_adopt', 2);
    manager.call('stop', 'loop');
    expect(manager.show('loop', 'ActiveState')).toBe('inactive');
    expect(isAlive(worker), 'the worker works on').toBe(true);

    manager.call('start', 'loop');
    await project.recorded('worker_adopt', 3);
    expect(project.workerPid()).toBe(worker);
    project.letFinish(1);
    await project.recorded('wait_start');
    expect(await project.steer('stop')).toMatchObject({ code: 0 });
    await eventually('it is down', () => manager.show('loop', 'ActiveState') === 'inactive');
    expect(project.outcomes()).toEqual(['succeeded']);
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('stop --force is an end in good order, and nothing is started again', async () => {
    const { manager, project } = await useService();
    expect(await project.steer('stop', '--force')).toMatchObject({ code: 0 });
    await eventually('it is down', () => manager.show('loop', 'ActiveState') === 'inactive');
    expect(manager.show('loop', 'Result')).toBe('success');
    expect(manager.show('loop', 'NRestarts')).toBe('0');
    expectNothingLostOrPaidTwice(project, 1);
  });

  it('only abnormal exit codes start it again', async () => {
    const manager = await UserManager.start();
    for (const code of CODES_OF_RUN) {
      const unit = USER_UNIT.replace(/^ExecStart=.*/m, `ExecStart=/bin/sh -c "exit ${code}"`);
      manager.install(`code-${code}`, adapted(unit, manager.project.directory));
      manager.call('start', '--no-block', `code-${code}`);
    }
    const restarts = (code: number): boolean =>
      Number(manager.show(`code-${code}`, 'NRestarts')) > 0;
    await eventually('those are started again', () => ABNORMAL.every(restarts));
    const ended = (code: number): boolean =>
      ['inactive', 'failed'].includes(manager.show(`code-${code}`, 'ActiveState'));
    await eventually('all have ended', () => CODES_OF_RUN.every(ended));
    expect(new Set(CODES_OF_RUN.filter(restarts))).toEqual(new Set(ABNORMAL));
  });
});

/** The unit of the page, as its user would change it, on a loop whose first agent works. */
async function useService() {
  const manager = await UserManager.start();
  const { project } = manager;
  const command = `${AUTOLOOP} run --prompt PROMPT.md --agent command --agent-command ./agent.sh`;
  const unit = USER_UNIT.replace(/^ExecStart=.*/m, `ExecStart=${command}`);
  manager.install('loop', adapted(unit, project.directory));
  manager.call('start', 'loop');
  await project.began(1);
  await project.recorded('worker_start');
  return { manager, project };
}

/** In that folder, of whoever runs the test, with the autoloop of this checkout, and soon again. */
function adapted(unit: string, folder: string): string {
  return unit
    .replace(/^ExecStart=\S*\/autoloop /m, `ExecStart=${AUTOLOOP} `)
    .replace(/^WorkingDirectory=.*/m, `WorkingDirectory=${folder}`)
    .replace(/^User=.*\n/m, '')
    .replace(/^RestartSec=.*/m, 'RestartSec=200ms');
}

function valueOf(unit: string, key: string): string {
  return new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
}
