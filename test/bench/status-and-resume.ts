import { spawnSync } from 'node:child_process';
import { AUTOLOOP, BenchProject, NODE, until } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';

const TIMES = 25;

/** `status` of a waiting loop, and the way from a killed runner's next start to its restored state. */
export async function benchStatusAndResume(): Promise<Figure[]> {
  const project = new BenchProject('cat > /dev/null');
  try {
    let runner = project.run('--interval', '3600');
    await until(() => project.events('wait_start').length > 0);
    const wall = median(() => time(AUTOLOOP, ['status', '--task', 'prompt', '--json'], project));
    const bare = median(() => time(NODE, ['-e', '0'], project));
    const resumes: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      runner.kill('SIGKILL');
      await new Promise((resolve) => runner.on('exit', resolve));
      const before = Date.now();
      runner = project.run('--interval', '3600');
      await until(() => project.events('loop_resume').length > round);
      const resumed = project.events('loop_resume').at(-1);
      resumes.push(Date.parse(resumed?.timestamp ?? '') - before);
    }
    const baseline = { name: 'bare node start', value: bare };
    return [
      figure('status, wall (≤ 2 ×)', { value: wall, unit: 'ms', baseline }),
      figure('resume to restored state (≤ 250 ms)', {
        value: percentile(resumes, 0.5),
        unit: 'ms',
        baseline,
      }),
    ];
  } finally {
    project.remove();
  }
}

function time(program: string, args: readonly string[], project: BenchProject): number {
  const before = performance.now();
  spawnSync(program, args, { cwd: project.directory, env: project.environment });
  return performance.now() - before;
}

function median(measure: () => number): number {
  measure();
  return percentile(Array.from({ length: TIMES }, measure), 0.5);
}
