import { readdirSync, statfsSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import type { Resources } from '../domain/metrics/findings.ts';
import type { DataPaths } from './data-paths.ts';
import { freeMbAt } from './free-space.ts';

/** What machine and this process look like now, as far as the system tells. */
export function resourcesAt(paths: Pick<DataPaths, 'directory' | 'log' | 'events'>): Resources {
  const { user, system } = process.cpuUsage();
  const freeMb = freeMbAt(paths.directory);
  return {
    runner_cpu_seconds: rounded((user + system) / 1_000_000),
    runner_memory_mb: rounded(process.memoryUsage.rss() / 2 ** 20),
    load: rounded(loadavg()[0] ?? 0),
    free_disk_mb: freeMb === null ? null : Math.floor(freeMb),
    disk_used_percent: usedPercent(paths.directory),
    log_size_mb: logSizeMb(paths),
  };
}

/** As `df` tells it: of what users may have. */
function usedPercent(directory: string): number | null {
  try {
    const { blocks, bfree, bavail } = statfsSync(directory);
    const used = blocks - bfree;
    return used + bavail === 0 ? null : rounded((100 * used) / (used + bavail));
  } catch {
    return null;
  }
}

/** Both files with all their generations. */
function logSizeMb({ directory, log, events }: Parameters<typeof resourcesAt>[0]): number | null {
  const names = [basename(log), basename(events)];
  const isOurs = (name: string): boolean => names.some((own) => name.startsWith(own));
  try {
    const sizes = readdirSync(directory)
      .filter(isOurs)
      .map((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0);
    return rounded(sizes.reduce((sum, size) => sum + size, 0) / 1_000_000);
  } catch {
    return null;
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
