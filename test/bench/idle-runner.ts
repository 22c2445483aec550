import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchProject, NODE, cpuSeconds, memoryMb, until } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';

/** Within it V8 collects the garbage that the start has left: what is left is held for as long as the loop waits. */
const SETTLE_MS = 15_000;
/** In it the clock is looked at. */
const WATCH_MS = 60_000;

/** A runner in `waiting`, against a node that does nothing. */
export async function benchIdleRunner(): Promise<Figure[]> {
  const runs = await Promise.all([once(), once(), once()]);
  const rss = percentile(
    runs.map((run) => run.runnerMb),
    0.5,
  );
  const bare = percentile(
    runs.map((run) => run.bareMb),
    0.5,
  );
  const cpu = percentile(
    runs.map((run) => run.cpuPercent),
    0.5,
  );
  const baseline = { name: 'bare node', value: bare };
  return [
    figure('idle runner, memory (≤ 1.40 ×)', { value: rss, unit: 'MB RSS', baseline }),
    figure('idle runner, CPU (< 0.1 %)', {
      value: cpu,
      unit: '%',
      baseline: { name: 'one core', value: 100 },
    }),
  ];
}

async function once(): Promise<{ runnerMb: number; bareMb: number; cpuPercent: number }> {
  const project = new BenchProject('cat > /dev/null');
  const warm = project.run('--max', '1');
  await new Promise((resolve) => warm.on('exit', resolve));
  const bare = spawn(NODE, ['-e', 'setInterval(() => {}, 1e9)'], { stdio: 'ignore' });
  const runner = project.run('--interval', '3600');
  try {
    await until(() => project.events('wait_start').length > 0);
    await sleep(SETTLE_MS);
    const before = cpuSeconds(runner.pid ?? 0);
    const runnerMb = memoryMb(runner.pid ?? 0, 'VmRSS');
    const bareMb = memoryMb(bare.pid ?? 0, 'VmRSS');
    await sleep(WATCH_MS);
    const used = cpuSeconds(runner.pid ?? 0) - before;
    return { runnerMb, bareMb, cpuPercent: (used / (WATCH_MS / 1000)) * 100 };
  } finally {
    bare.kill('SIGKILL');
    project.remove();
  }
}
