import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileTrouble, createObserver } from '../../../src/telemetry/metrics-observer.ts';
import type { TelemetryObserver } from '../../../src/telemetry/telemetry-facts.ts';
import { temporaryFolder } from '../../stores/temporary-folder.ts';
import { parseOpenMetrics, valueOf } from '../parse-open-metrics.ts';
import { TelemetryLoop } from '../telemetry-loop.ts';

describe('--metrics-file', () => {
  it('holds the metrics soon after a change, one while it is written too; for all to read, with no temporary beside it', async () => {
    const { loop, path, folder } = written();
    loop.iterates(1);
    loop.clock.advance(1_000);
    await expect.poll(() => iterationsIn(path)).not.toBe(null);
    await expect.poll(() => loop.clock.pending()).toHaveLength(1);
    loop.clock.advance(1_000);
    await expect.poll(() => iterationsIn(path)).toBe(1);
    expect(statSync(path).mode & 0o777).toBe(0o644);
    await expect.poll(() => readdirSync(folder)).toEqual(['metrics.txt']);
  });

  it('is written anew while nothing happens, so that its age tells of a runner that died', async () => {
    const { loop, path } = written();
    loop.clock.advance(1_000);
    await expect.poll(() => iterationsIn(path)).toBe(0);
    rmSync(path);
    await expect.poll(() => loop.clock.pending()).toHaveLength(1);
    loop.clock.advance(30_000);
    await expect.poll(() => iterationsIn(path)).toBe(0);
  });

  it('has the last word on the loop when it is closed', async () => {
    const { loop, observer, path } = written();
    loop.iterates(1);
    loop.changes({ state: 'stopped' });
    await observer.close();
    const families = parseOpenMetrics(readFileSync(path, 'utf8'));
    expect(valueOf(families, 'autoloop_running')).toBe(0);
    expect(valueOf(families, 'autoloop_state', { state: 'stopped' })).toBe(1);
    expect(loop.clock.pending()).toEqual([]);
  });

  it('is in the older format where its name ends as node_exporter wants it', async () => {
    const { observer, path } = written('autoloop.prom');
    await observer.close();
    expect(readFileSync(path, 'utf8')).toContain('# TYPE autoloop_iterations_total counter\n');
  });

  it('is warned of once where it cannot be written, and written again when it can', async () => {
    const { loop, path, folder } = written();
    rmSync(folder, { recursive: true });
    loop.clock.advance(1_000);
    await expect.poll(() => loop.warned).toHaveLength(1);
    expect(loop.warned[0]).toMatch(/^metrics_file_failed: .*ENOENT/);
    await expect.poll(() => loop.clock.pending()).toHaveLength(1);
    mkdirSync(folder);
    loop.clock.advance(30_000);
    await expect.poll(() => iterationsIn(path)).toBe(0);
    await expect.poll(() => loop.logged.at(-1)).toMatch(/written to .* again/);
    expect(loop.warned).toHaveLength(1);
  });

  it('records nothing any more when the run has ended', async () => {
    const { loop, observer, folder } = written();
    rmSync(folder, { recursive: true });
    await observer.close();
    expect(loop.warned).toEqual([]);
    expect(loop.logged).toHaveLength(1);
  });

  it('is refused before a loop begins where it can never be', () => {
    const folder = temporaryFolder();
    expect(fileTrouble(folder)?.message).toMatch(/it is a folder/);
    expect(fileTrouble(join(folder, 'missing', 'metrics.txt'))?.message).toMatch(/ENOENT/);
    expect(fileTrouble(join(folder, 'metrics.txt'))).toBe(null);
  });

  it.skipIf(process.getuid?.() === 0)('is refused in a folder that cannot be written', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    expect(fileTrouble(join(folder, 'metrics.txt'))?.message).toMatch(/EACCES/);
  });
});

interface Written {
  readonly loop: TelemetryLoop;
  readonly observer: TelemetryObserver;
  readonly folder: string;
  readonly path: string;
}

function written(name = 'metrics.txt'): Written {
  const folder = join(temporaryFolder(), 'metrics');
  mkdirSync(folder);
  const path = join(folder, name);
  const loop = new TelemetryLoop({ settings: { metricsFile: path } });
  return { loop, folder, path, observer: loop.observedBy(createObserver) };
}

/** null: there is no file yet. */
function iterationsIn(path: string): number | null {
  try {
    const families = parseOpenMetrics(readFileSync(path, 'utf8'));
    return valueOf(families, 'autoloop_iterations_total', { outcome: 'succeeded' });
  } catch {
    return null;
  }
}
