import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventually } from '../crash/crash-rig.ts';
import { useProject, useStartedLoop } from './cli-project.ts';

describe('a line of the events that is broken', () => {
  it('hides none of the others, in the middle or at the end, and the next run goes on', async () => {
    const project = useProject('echo done');
    await project.callLoop('run', '--interval', '0', '--max', '2');
    const lines = readFileSync(project.data('events.ndjson'), 'utf8').trimEnd().split('\n');
    const middle = lines.findIndex((line) => line.includes('"iteration_end"'));
    const broken = lines.toSpliced(middle, 0, '{"event":"iteration_end","iter', '\0\0\0', '42', '');
    writeFileSync(project.data('events.ndjson'), `${broken.join('\n')}\n{"timestamp":"2026-`);

    expect(await readsAll(project)).toEqual({ shown: lines.length, ends: 2, days: 2, rebuilt: 2 });
    const { code, err } = await project.callLoop('once');
    expect(code, err).toBe(0);
    const { ends, days, rebuilt } = await readsAll(project);
    expect([ends, days, rebuilt]).toEqual([3, 3, 3]);
    const told = await project.steer('events', '--type', 'warning', '--json');
    expect(JSON.parse(told.out)).toMatchObject({ details: { code: 'repaired' } });
    const { out } = await project.steer('events', '--json');
    const seqs = out
      .trimEnd()
      .split('\n')
      .map((line): number => JSON.parse(line).seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });
});

describe('events --follow', () => {
  it('shows only what is asked for, each once, also of what is recorded behind a rotation', async () => {
    const project = await useStartedLoop('--max', '3', '--interval', '0');
    const filter = ['--type', 'iteration_start,iteration_end', '--json'];
    const follower = project.begin('events', '--task', 'prompt', '-f', ...filter);
    await eventually('it reads', () => follower.printed().includes('"iteration_start"'));
    for (const iteration of [1, 2, 3]) {
      await project.began(iteration);
      expect((await project.steer('rotate', '--events')).code).toBe(0);
      project.letFinish(iteration);
    }
    await eventually('it has read all', () =>
      /"iteration_end","iteration":3/.test(follower.printed()),
    );
    follower.child.kill('SIGINT');
    await follower.end;
    const seen = follower
      .printed()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(seen.map(({ event, iteration }) => `${event} ${iteration}`)).toEqual(
      [1, 2, 3].flatMap((number) => [`iteration_start ${number}`, `iteration_end ${number}`]),
    );
  });

  it('ends by itself at --until', async () => {
    const project = useProject('echo done');
    await project.callLoop('once');
    const { code, out } = await project.steer('events', '-f', '--until', '0s', '-n', '1');
    expect([code, out]).toEqual([0, expect.stringContaining('loop_end')]);
  });
});

async function readsAll(project: ReturnType<typeof useProject>) {
  const json = async (...args: string[]) => JSON.parse((await project.steer('json', ...args)).out);
  const { out } = await project.steer('events', '--json');
  const ends = await project.steer('events', '--json', '--type', 'iteration_end');
  return {
    shown: out.trimEnd().split('\n').length,
    ends: ends.out.trimEnd().split('\n').length,
    days: (await json('daily')).reduce(
      (sum: number, { count }: { count: number }) => sum + count,
      0,
    ),
    rebuilt: (await json('summary', '--rebuild')).total_iterations,
  };
}
