import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand, type Call, type Called } from './use-command.ts';

/** A loop with three iterations: two good ones and one that timed out. */
function loop(): string {
  const cwd = folder();
  const data = new DataFolder(cwd);
  data.write(data.paths.events, [
    ...data.iteration(1, { outcome: 'succeeded', timestamp: '2026-11-22T10:00:00.000Z' }),
    ...data.iteration(2, { outcome: 'timed_out' }),
    'not JSON at all',
    ...data.iteration(3, { outcome: 'succeeded' }),
  ]);
  return cwd;
}

function report(
  cwd: string,
  options: Call['options'] = {},
  more: Partial<Call> = {},
): Promise<Called> {
  return useCommand('report', { cwd, globals: { task: 'prompt' }, options, ...more });
}

describe('report', () => {
  it('is a page on stdout where that is no terminal', async () => {
    const { code, out } = await report(loop());
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>/);
    expect(out).toContain('Loop prompt');
    expect(out.trimEnd()).toMatch(/<\/html>$/);
  });

  it('is written to a file that only its owner reads, in the format of its name', async () => {
    const cwd = loop();
    const { out, notices } = await report(cwd, { output: 'night.md' });
    expect(out).toBe(`Report: ${join(cwd, 'night.md')}\n`);
    expect(notices).toContain('file://');
    expect(readFileSync(join(cwd, 'night.md'), 'utf8')).toContain('## Loop prompt');
    expect(statSync(join(cwd, 'night.md')).mode % 0o1000).toBe(0o600);
  });

  it('has every figure as JSON, malformed lines passed over', async () => {
    const { out } = await report(loop(), {}, { globals: { task: 'prompt', json: true } });
    const { loops } = JSON.parse(out);
    expect(loops[0].figures).toMatchObject({
      ...{ iterations: 3, succeeded: 2, failed: 1, cost_usd: 0.75, cost_per_success: 0.375 },
    });
    expect(loops[0].errors[0].reason).toBe('because timed_out');
  });

  it('leaves out what is older than asked for', async () => {
    const options = { format: 'json', since: '2026-11-23' };
    const { loops, since } = JSON.parse((await report(loop(), options)).out);
    expect(loops[0].figures.iterations).toBe(2);
    expect(Date.parse(since)).not.toBeNaN();
  });

  it('knows of an anomaly that stands since long before', async () => {
    const cwd = loop();
    const data = new DataFolder(cwd);
    const notice = { kind: 'same_error', level: 'warning', state: 'raised', message: 'again' };
    const details = { ...notice, value: 3, limit: 3, advice: 'look' };
    const old = data.event('anomaly', { timestamp: '2026-01-01T00:00:00.000Z', details });
    data.write(`${data.paths.events}.1`, [old]);
    const { loops } = JSON.parse((await report(cwd, { format: 'json', since: '2026-11-23' })).out);
    expect(loops[0].figures.iterations).toBe(2);
    expect(loops[0].anomalies[0]).toMatchObject({ kind: 'same_error', cleared_at: null });
  });

  it('reads rotated events, too', async () => {
    const cwd = loop();
    const data = new DataFolder(cwd);
    data.write(`${data.paths.events}.1`, data.iteration(9, { outcome: 'succeeded' }));
    const { loops } = JSON.parse((await report(cwd, { format: 'json' })).out);
    expect(loops[0].figures.iterations).toBe(4);
  });

  it('has all loops of the data folder with --all', async () => {
    const cwd = loop();
    mkdirSync(join(cwd, 'data', 'another'));
    const data = new DataFolder(cwd);
    const line = data.event('loop_start', { task: 'other', details: { settings: {} } });
    writeFileSync(join(cwd, 'data', 'another', 'events.ndjson'), `${line}\n`);
    const { out } = await report(cwd, { all: true, format: 'json' }, { globals: {} });
    const loops: { loop: string }[] = JSON.parse(out).loops;
    expect(loops.map((one) => one.loop)).toEqual(['another', 'prompt']);
  });

  it('has the other loops where the events of one cannot be read', async () => {
    const cwd = loop();
    const broken = join(cwd, 'data', 'broken');
    mkdirSync(join(broken, 'events.ndjson'), { recursive: true });
    const { code, out } = await report(cwd, { all: true, format: 'json' }, { globals: {} });
    expect(code).toBe(0);
    const { loops } = JSON.parse(out);
    expect(loops[0].state).toMatch(/^cannot be read: .*broken/);
    expect(loops[1].figures.iterations).toBe(3);
  });

  it('shows no secret of its environment', async () => {
    const cwd = loop();
    const data = new DataFolder(cwd);
    const [start = '', , , end = ''] = data.iteration(4, { outcome: 'succeeded' });
    const telling = end.replace('"target":"item-4"', '"target":"hunter2-is-my-word"');
    data.write(data.paths.events, [start, telling]);
    const environment = { MY_PASSWORD: 'hunter2-is-my-word' };
    for (const format of ['html', 'md', 'json']) {
      const { out } = await report(cwd, { format }, { environment });
      expect(out, format).not.toContain('hunter2');
      expect(out, format).toContain('REDACTED');
    }
  });

  it('refuses a format that there is not, and a place that cannot be written', async () => {
    expect(await report(loop(), { format: 'pdf' })).toMatchObject({ code: 150 });
    const { code, notices } = await report(loop(), { output: 'no/such/folder/r.html' });
    expect(code).toBe(155);
    expect(notices).toContain('no/such/folder');
  });

  it('says that a loop has done nothing yet, and is a page all the same', async () => {
    const { code, out, notices } = await report(folder());
    expect(code).toBe(0);
    expect(notices).toContain('no iterations yet');
    expect(out).toContain('No iteration has ended yet.');
  });
});
