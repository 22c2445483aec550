import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { BenchProject, exited } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';

const ITERATIONS = 60;

/** From the end of one agent to the start of the next, by the agents' own clocks; everything on disk, interval 0. */
export async function benchIterationOverhead(): Promise<Figure[]> {
  const project = new BenchProject('date +%s%N >> times');
  try {
    await exited(project.run('--max', '2', '--interval', '0'));
    await exited(project.run('--max', String(ITERATIONS), '--interval', '0'));
    const starts = readFileSync(`${project.directory}/times`, 'utf8').trim().split('\n').slice(4);
    const gaps = starts.slice(1).map((at, index) => (Number(at) - Number(starts[index])) / 1e6);
    const baseline = { name: 'sh that runs date', value: bareAgentMs() };
    return [
      figure('overhead per iteration, p50 (≤ 60 ms)', {
        value: percentile(gaps, 0.5),
        unit: 'ms',
        baseline,
      }),
      figure('overhead per iteration, p95 (≤ 90 ms)', {
        value: percentile(gaps, 0.95),
        unit: 'ms',
        baseline,
      }),
    ];
  } finally {
    project.remove();
  }
}

function bareAgentMs(): number {
  const times = Array.from({ length: 20 }, () => {
    const before = performance.now();
    spawnSync('/bin/sh', ['-c', 'date +%s%N > /dev/null']);
    return performance.now() - before;
  });
  return percentile(times, 0.5);
}
