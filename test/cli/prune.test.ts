import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { treeHash } from '../cli-reading/tree-hash.ts';
import { eventually } from '../crash/crash-rig.ts';
import { useProject, useStartedLoop, type CliProject } from './cli-project.ts';

const LONG_AGO = new Date('2026-01-01T00:00:00Z');

describe('prune of a loop that nobody runs', () => {
  it('only lists with --dry-run what goes without it: how much it is, and why', async () => {
    const project = await useHistory();
    const before = treeHash(project.path('data'));
    const listed = await project.steer('prune', '--dry-run', '--rotate-keep', '1');
    expect(listed.code, listed.err).toBe(0);
    expect(listed.out).toMatch(/^iterations 1 to 2 \(.*\): too old \(--keep-days\)$/m);
    expect(listed.out).toMatch(/^events\.ndjson\.2 \(.*\): more than are kept \(--rotate-keep\)$/m);
    expect(listed.out).toMatch(/^Would be removed: .*--dry-run\.$/m);
    expect(treeHash(project.path('data'))).toBe(before);

    const done = await project.steer('prune', '--rotate-keep', '1', '--json');
    const { dry_run: isDry, bytes, removed } = JSON.parse(done.out);
    expect([isDry, removed]).toMatchObject([
      false,
      [
        { iteration: 1, paths: ['iterations/000001', 'iterations/000001.log'], why: 'age' },
        { iteration: 2, why: 'age' },
        { iteration: null, paths: ['events.ndjson.2'], why: 'count' },
      ],
    ]);
    expect(bytes).toBeGreaterThan(1_000);
    expect(existsSync(project.data('iterations', '000002.log'))).toBe(false);
    expect(existsSync(project.data('iterations', '000003.log'))).toBe(true);
    expect(existsSync(project.data('events.ndjson.2'))).toBe(false);
    expect(existsSync(project.data('loop.pid'))).toBe(false);
    expect((await project.steer('prune')).out).toBe('There is nothing to remove.\n');
    expect((await project.callLoop('once')).code).toBe(0);
    expect(existsSync(project.data('iterations', '000014.log'))).toBe(true);
  });

  it('keeps what its last run was told to keep, unless told otherwise', async () => {
    const project = await useHistory('--keep-days', '0');
    expect((await project.steer('prune')).out).toBe('There is nothing to remove.\n');
    const told = await project.steer('prune', '--dry-run', '--keep-days', '3');
    expect(told.out).toContain('iterations 1 to 2');
    project.environment = { KEEP_DAYS: '3' };
    expect((await project.steer('prune', '--dry-run')).out).toContain('iterations 1 to 2');
  });

  it('finds nothing where there is none, and refuses what is no number', async () => {
    const project = useProject();
    expect(await project.steer('prune')).toMatchObject({
      code: 0,
      out: 'There is nothing to remove.\n',
    });
    expect(existsSync(project.path('data'))).toBe(false);
    const { code, err } = await project.steer('prune', '--keep-days', 'few');
    expect([code, err]).toEqual([150, expect.stringContaining('keep-days is "few"')]);
  });
});

describe('prune of a living loop', () => {
  it('is done by its runner, by its own settings where none is given, and recorded', async () => {
    const project = await useStartedLoop('--max', '1', '--rotate-keep', '3');
    for (const round of [1, 2, 3]) {
      expect((await project.steer('rotate', '--events')).code, String(round)).toBe(0);
    }
    expect((await project.steer('prune', '--dry-run')).out).toBe('Nothing would be removed.\n');
    const listed = await project.steer('prune', '--dry-run', '--rotate-keep', '2');
    expect(listed.out).toContain('events.ndjson.3');
    expect(existsSync(project.data('events.ndjson.3'))).toBe(true);
    const { code, out } = await project.steer('prune', '--rotate-keep', '2');
    expect([code, out]).toEqual([0, expect.stringMatching(/^Removed: /m)]);
    expect(existsSync(project.data('events.ndjson.3'))).toBe(false);
    expect(project.eventsNamed('rotate').at(-1)?.details).toEqual({
      ...{ file: 'events.ndjson', bytes: 0, pruned: ['events.ndjson.3'] },
    });
    project.letFinish(1);
    await eventually('the loop ends', () => !existsSync(project.data('loop.pid')));
  });
});

/** Thirteen iterations, the first two of long ago, and two generations of the events. */
async function useHistory(...flags: string[]): Promise<CliProject> {
  const project = useProject('echo done');
  const settings = ['--interval', '0', ...flags];
  expect((await project.callLoop('run', '--max', '12', ...settings)).code).toBe(0);
  await project.steer('rotate', '--events');
  expect((await project.callLoop('once', ...settings)).code).toBe(0);
  await project.steer('rotate', '--events');
  for (const name of readdirSync(project.data('iterations'))) {
    if (/^00000[12]/.test(name)) {
      utimesSync(project.data('iterations', name), LONG_AGO, LONG_AGO);
    }
  }
  return project;
}
