import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { killRunner, useStartedLoop, type CliProject } from './cli-project.ts';
import { eventually } from '../crash/crash-rig.ts';

const DAMAGES = [
  ['no JSON', '{"format":1,'],
  ['nothing', ''],
  ['something else', 'hello\nworld\n'],
  ['other JSON', '[1, 2]\n'],
] as const;

const ATTEMPT = join('iterations', '000001', 'attempt-1');

/** What a start reads of an unfinished run, and what health calls it. */
const FILES = [
  { names: ['snapshot.json', 'snapshot.prev.json'], check: 'state' },
  { names: ['summary.json'], check: 'figures' },
  { names: [join(ATTEMPT, 'claim.json')], check: 'open attempt' },
  { names: [join(ATTEMPT, 'result.json')], check: 'open attempt' },
] as const;

describe.each(FILES)('with $names damaged', ({ names, check }) => {
  it.each(DAMAGES)(
    'by %s, a start is refused with 156 and health says what to do, and that helps',
    async (_, text) => {
      const project = await killedWithResult();
      names.forEach((name) => writeFileSync(project.data(name), text));
      const before = contentsOf(project);
      for (const command of ['run', 'start']) {
        const { code, err } = await project.callLoop(command);
        expect([code, err], command).toEqual([156, expect.stringContaining(names[0])]);
        expect(err).toContain(names.map((name) => mv(project.data(name))).join(' && '));
      }
      const health = await project.steer('health', '--json');
      expect(health.code).toBe(1);
      const found = JSON.parse(health.out).checks.find(
        (each: { name: string }) => each.name === check,
      );
      expect(found).toMatchObject({
        status: 'fail',
        detail: expect.stringContaining(names[0]),
        fix: expect.stringContaining(mv(project.data(names[0]))),
      });
      expect(contentsOf(project)).toEqual(before);

      const [, moves = ''] = /: (mv .*)$/.exec(found.fix) ?? [];
      expect(spawnSync('sh', ['-c', moves]).status).toBe(0);
      const again = await project.callLoop('run', '--max', '2', '--interval', '0');
      expect(again.code, again.err).toBe(0);
      names.forEach((name) =>
        expect(readFileSync(project.data(`${name}.damaged`), 'utf8')).toBe(text),
      );
    },
  );
});

describe('with its events damaged', () => {
  it.each([
    ['hello\nworld\n'],
    ['PK\u0003\u0004 binary \u0000\n\u0001\u0002\n\u0000'],
    ['\n{"a\n'],
  ])('as %j, a start is refused with 156, and nothing is cut off', async (text) => {
    const project = await killedWithResult();
    writeFileSync(project.data('events.ndjson'), text);
    const { code, err } = await project.callLoop('run');
    expect([code, err]).toEqual([156, expect.stringContaining('not one line of it is an event')]);
    expect(err).toContain(mv(project.data('events.ndjson')));
    expect(readFileSync(project.data('events.ndjson'), 'utf8')).toBe(text);
    const { out } = await project.steer('health', '--json');
    expect(JSON.parse(out).checks).toContainEqual(
      expect.objectContaining({
        name: 'events',
        status: 'fail',
        fix: expect.stringContaining(mv(project.data('events.ndjson'))),
      }),
    );
  });
});

it('with its lock overwritten, a start is refused with 156 and health says what to do', async () => {
  const project = await killedWithResult();
  const lock = project.data('loop.lock');
  writeFileSync(lock, 'hello, this is something else\n'.repeat(100));
  const { code, err } = await project.callLoop('run');
  expect([code, err]).toEqual([156, expect.stringContaining(`rm ${lock}`)]);
  const { out } = await project.steer('health', '--json');
  expect(JSON.parse(out).checks).toContainEqual(
    expect.objectContaining({ name: 'lock', status: 'fail', fix: `Remove it: rm ${lock}` }),
  );
});

it('with something else in the place of a file, or of the notes, a start is refused with 155 and the path', async () => {
  const project = await killedWithResult();
  const before = contentsOf(project);
  for (const name of ['snapshot.prev.json', 'summary.txt', 'summary.json', 'notes', 'heartbeat']) {
    const path = project.data(name);
    for (const make of name === 'notes' ? ['mkfifo'] : ['mkfifo', 'mkdir']) {
      rmSync(path, { recursive: true, force: true });
      spawnSync(make, [path]);
      const { code, err } = await project.callLoop('once');
      expect([code, err], `${make} ${name}`).toEqual([155, expect.stringContaining(`${path}:`)]);
      const health = JSON.parse((await project.steer('health', '--json')).out);
      expect(health.checks, `${make} ${name}`).toContainEqual(
        expect.objectContaining({ status: 'fail', detail: expect.stringContaining(`${path}:`) }),
      );
    }
    rmSync(path, { recursive: true, force: true });
    const kept = before[path];
    if (kept !== undefined) {
      writeFileSync(path, kept, 'latin1');
    }
  }
  expect(contentsOf(project)).toEqual(before);
  const again = await project.callLoop('run', '--max', '1');
  expect(again.code, again.err).toBe(0);
});

describe('what only names processes', () => {
  it.each(['loop.owner.json', 'loop.pid', 'workers.pids'])(
    'is no state: with a damaged %s the run goes on',
    async (name) => {
      const project = await killedWithResult();
      writeFileSync(project.data(name), '{"pid":');
      const { out } = await project.steer('health', '--json');
      const owner = JSON.parse(out).checks.find((each: { name: string }) => each.name === 'owner');
      expect(owner?.status).toBe(name === 'loop.owner.json' ? 'warn' : undefined);
      const { code, err } = await project.callLoop('run', '--max', '1');
      expect(code, err).toBe(0);
      expect(project.outcomes()).toEqual(['succeeded']);
    },
  );
});

/** An unfinished run whose first attempt has its result, and nobody who has collected it. */
async function killedWithResult(): Promise<CliProject> {
  const project = await useStartedLoop('--max', '1');
  await killRunner(project);
  project.letFinish(1);
  project.letFinish(2);
  project.letFinish(3);
  project.write(join('data', 'prompt', 'summary.json'), '{}');
  await eventually('the attempt has a result', () =>
    project.has(join('data', 'prompt', ATTEMPT, 'result.json')),
  );
  return project;
}

function mv(path: string): string {
  return `mv ${path} ${path}.damaged`;
}

function contentsOf(project: CliProject): Record<string, string> {
  const entries = readdirSync(project.data(), { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );
}
