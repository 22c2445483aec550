import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { BenchProject, exited, memoryMb, until } from './bench-project.ts';
import { figure, type Figure } from './figure.ts';

const LINES = 8_000_000;

/** An agent that prints 1 GB: what runner and isolation layer weigh at their peak. */
export async function benchAgentOutput(): Promise<Figure[]> {
  const line = `{"type":"assistant","text":"${'some words of an agent '.repeat(4)}"}`;
  const project = new BenchProject(
    `yes '${line}' | head -n ${LINES}; touch printed; read _ < hold`,
  );
  spawnSync('mkfifo', [`${project.directory}/hold`]);
  try {
    const runner = project.run('--max', '1');
    await until(() => project.events('worker_start').length > 0);
    const before = memoryMb(runner.pid ?? 0, 'VmHWM');
    const isolation = Number(readFileSync(project.data('workers.pids'), 'utf8').split('\t')[0]);
    await until(() => hasPrinted(project));
    const runnerPeak = memoryMb(runner.pid ?? 0, 'VmHWM');
    const isolationPeak = memoryMb(isolation, 'VmHWM');
    await exited(project.autoloop('stop', '--force', '--task', 'prompt'));
    return [
      figure('1 GB of output, runner at its peak (flat)', {
        value: runnerPeak,
        unit: 'MB RSS',
        baseline: { name: 'before the output', value: before },
      }),
      figure('1 GB of output, isolation layer at its peak (≤ 130 MB)', {
        value: isolationPeak,
        unit: 'MB RSS',
        baseline: { name: 'the bound', value: 130 },
      }),
    ];
  } finally {
    project.remove();
  }
}

function hasPrinted(project: BenchProject): boolean {
  return spawnSync('test', ['-e', `${project.directory}/printed`]).status === 0;
}
