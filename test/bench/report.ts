import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { AUTOLOOP, BenchProject, NODE } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';
import { writeHistory } from './write-history.ts';

/** Some nine events each. */
const EVENTS = 900_000;
const TIMES = 5;

/** The report of 100,000 iterations, and how large its page is. */
export async function benchReport(): Promise<Figure[]> {
  const project = new BenchProject('true');
  try {
    mkdirSync(project.data(), { recursive: true });
    writeHistory(project.data(), EVENTS);
    const page = project.data('report.html');
    const baseline = { name: 'bare node start', value: wall(project, [NODE, '-e', '0']) };
    const report = [AUTOLOOP, 'report', '--name', 'prompt', '-o', page];
    const value = wall(project, report);
    const bytes = { name: 'a page of 140 kB', value: 140 };
    return [
      figure('report of 100,000 iterations (≤ 3 s)', { value, unit: 'ms', baseline }),
      figure('its page', { value: statSync(page).size / 1000, unit: 'kB', baseline: bytes }),
    ];
  } finally {
    project.remove();
  }
}

function wall({ directory, environment }: BenchProject, command: readonly string[]): number {
  const [program = '', ...args] = command;
  const times = Array.from({ length: TIMES }, () => {
    const before = performance.now();
    spawnSync(program, args, { cwd: directory, env: environment });
    return performance.now() - before;
  });
  return percentile(times, 0.5);
}
