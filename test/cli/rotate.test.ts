import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { sampleEvents } from '../stores/samples.ts';
import { useProject, useStartedLoop, type CliProject } from './cli-project.ts';

describe('rotate', () => {
  it('lets a living loop rotate, and says what it did', async () => {
    const project = await useStartedLoop('--max', '1');
    const { code, out, err } = await project.steer('rotate');
    expect(code, err).toBe(0);
    expect(out).toMatch(/^events\.ndjson → events\.ndjson\.1 \(\d+ (kB|bytes)\)$/m);
    project.letFinish(1);
    await eventually('the loop ends', () => !existsSync(project.data('loop.pid')));
    expect(seqs(project)).toEqual(seqs(project).map((_, index) => index + 1));
    const rotated = eventsIn(project, 'events.ndjson')[0];
    expect(rotated).toMatchObject({ event: 'rotate', details: { file: 'events.ndjson' } });
    expect((await project.steer('status')).out).toContain('prompt');
  });

  it('rotates what nobody runs under its lock, and the next run goes on with the numbers', async () => {
    const project = useProject('echo done');
    await project.callLoop('once');
    writeFileSync(project.data('loop.log'), '{"level":30}\n');
    const { code, out } = await project.steer('rotate', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out).rotated.map(({ file }: { file: string }) => file)).toEqual([
      'events.ndjson',
      'loop.log',
    ]);
    expect((await project.callLoop('once')).code).toBe(0);
    expect(seqs(project)).toEqual(seqs(project).map((_, index) => index + 1));
    expect((await project.steer('iterations')).out).toMatch(/\b2\b/);
  });

  it('keeps as many as it is told, and only the events where only they are meant', async () => {
    const project = useProject('echo done');
    for (let round = 0; round < 3; round += 1) {
      await project.callLoop('once');
      expect((await project.steer('rotate', '--events', '--keep', '2')).code).toBe(0);
    }
    expect(existsSync(project.data('events.ndjson.2'))).toBe(true);
    expect(existsSync(project.data('events.ndjson.3'))).toBe(false);
    expect(existsSync(project.data('loop.log.1'))).toBe(false);
  });

  it.each(['loop.log', 'events.ndjson'])(
    'refuses a folder in the place of %s with 155 and its path',
    async (name) => {
      const project = useProject('echo done');
      await project.callLoop('once');
      rmSync(project.data(name), { force: true });
      mkdirSync(project.data(name));
      const { code, err } = await project.steer('rotate');
      expect([code, err]).toEqual([155, expect.stringContaining(`${project.data(name)}:`)]);
      expect(existsSync(project.data(`${name}.1`))).toBe(false);
    },
  );

  it('says that there is nothing, and makes nothing', async () => {
    const project = useProject();
    expect(await project.steer('rotate')).toMatchObject({
      code: 0,
      out: 'There is nothing to rotate.\n',
    });
    expect(existsSync(project.path('data'))).toBe(false);
  });

  it('refuses a number that is none', async () => {
    const project = useProject();
    const { code, err } = await project.steer('rotate', '--keep', 'many');
    expect(code).toBe(150);
    expect(err).toContain('rotate-keep is "many"');
  });
});

describe('a loop whose events outgrow their limit', () => {
  it('rotates them by itself, and whoever follows sees each once', async () => {
    const project = useProject('echo done');
    mkdirSync(project.data(), { recursive: true, mode: 0o700 });
    const before = sampleEvents(1, 8_000);
    const lines = before.map((event) => `${JSON.stringify(event)}\n`).join('');
    expect(lines.length).toBeGreaterThan(1_000_000);
    writeFileSync(project.data('events.ndjson'), lines);
    const follower = project.begin('events', '--task', 'prompt', '-f', '-n', '100000', '--json');
    await eventually('it reads', () => follower.printed().includes('"seq":8000,'));
    const flags = ['--max', '2', '--interval', '0', '--events-max-mb', '1'];
    const run = await project.callLoop('run', ...flags);
    expect(run.code, run.err).toBe(0);
    expect(eventsIn(project, 'events.ndjson.1').length).toBeGreaterThanOrEqual(8_000);
    expect(seqs(project)).toEqual(seqs(project).map((_, index) => index + 1));
    const last = seqs(project).length;
    await eventually('it has read all', () => follower.printed().includes(`"seq":${last},`));
    follower.child.kill('SIGINT');
    await follower.end;
    const seen = follower.printed().trimEnd().split('\n');
    expect(seen.map((line): number => JSON.parse(line).seq)).toEqual(seqs(project));
  });
});

describe('an iteration that was removed with other old ones', () => {
  it('is told as such, and its number is not given again', async () => {
    const project = useProject('echo done');
    const flags = ['--interval', '0', '--keep-iterations', '10'];
    expect((await project.callLoop('run', '--max', '12', ...flags)).code).toBe(0);
    expect(existsSync(project.data('iterations', '000002.log'))).toBe(false);
    expect(existsSync(project.data('iterations', '000003.log'))).toBe(true);
    expect((await project.steer('show', '1')).out).toContain('removed with other old iterations');
    expect((await project.steer('show', '3')).out).not.toContain('removed with');
    const logs = await project.steer('logs', '--iteration', '1');
    expect(logs.code).toBe(150);
    expect(logs.err).toContain('or it was removed with other old ones');
    expect((await project.callLoop('once', ...flags)).code).toBe(0);
    expect(existsSync(project.data('iterations', '000013.log'))).toBe(true);
  });
});

interface Line {
  readonly event: string;
  readonly seq: number;
  readonly details: Readonly<Record<string, unknown>>;
}

function eventsIn(project: CliProject, name: string): Line[] {
  const path = project.data(name);
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line): Line => JSON.parse(line))
    : [];
}

function seqs(project: CliProject): number[] {
  return ['events.ndjson.3', 'events.ndjson.2', 'events.ndjson.1', 'events.ndjson']
    .flatMap((name) => eventsIn(project, name))
    .map(({ seq }) => seq);
}
