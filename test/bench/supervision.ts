import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sweepAttempt } from '../../src/stores/attempt-processes.ts';
import { BenchProject, NODE, cpuSeconds, exited, until } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';

const ROUNDS = 7;
const GRACE_MS = 1_000;
const WATCH_MS = 30_000;
const CROWD = 500;

/** Says when it ends. */
const WELL_BEHAVED = `trap 'kill $!; date +%s%N > ended; exit 0' TERM; touch began; sleep 600 & wait`;
const DEAF = `trap '' TERM; touch began; sleep 600`;

/** How long it takes until nothing is left of a worker, and what watching one costs. */
export async function benchSupervision(): Promise<Figure[]> {
  return [
    ...(await benchStops()),
    await benchSweep(),
    await benchWatching('strict'),
    await benchWatching('base'),
  ];
}

async function benchStops(): Promise<Figure[]> {
  const afterExit: number[] = [];
  const afterGrace: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    afterExit.push(
      await stopping(WELL_BEHAVED, (project) => {
        return Date.now() - Number(readFileSync(`${project.directory}/ended`, 'utf8')) / 1e6;
      }),
    );
    const asked = performance.now();
    let begun = asked;
    const took = await stopping(
      DEAF,
      () => performance.now() - begun - GRACE_MS,
      () => (begun = performance.now()),
    );
    afterGrace.push(took);
  }
  const grace = { name: 'its grace', value: GRACE_MS };
  return [
    figure('stop --force of a good worker, after its exit (≤ 200 ms)', {
      ...{ value: percentile(afterExit, 0.5), unit: 'ms' },
      baseline: { name: 'bare node start', value: bareNodeMs() },
    }),
    figure('stop --force of one that ignores TERM, after its grace (≤ 1000 ms)', {
      ...{ value: percentile(afterGrace, 0.5), unit: 'ms', baseline: grace },
    }),
  ];
}

async function stopping(
  agent: string,
  measure: (project: BenchProject) => number,
  begin: () => void = () => {},
): Promise<number> {
  const project = new BenchProject(agent);
  try {
    const run = project.run('--grace', String(GRACE_MS / 1000));
    await until(() => existsSync(`${project.directory}/began`));
    begin();
    await exited(project.autoloop('stop', '--force', '--task', 'prompt'));
    const measured = measure(project);
    run.kill('SIGKILL');
    return measured;
  } finally {
    project.remove();
  }
}

async function benchSweep(): Promise<Figure> {
  const crowd: ChildProcess[] = Array.from({ length: CROWD }, () =>
    spawn('/bin/sleep', ['600'], { stdio: 'ignore' }),
  );
  try {
    await sleep(500);
    const times: number[] = [];
    for (let round = 0; round < 30; round += 1) {
      const before = performance.now();
      await sweepAttempt('an attempt that left nothing');
      times.push(performance.now() - before);
    }
    return figure(`a sweep among ${CROWD} processes (≤ 20 ms)`, {
      ...{ value: percentile(times, 0.5), unit: 'ms' },
      baseline: { name: 'bare node start', value: bareNodeMs() },
    });
  } finally {
    crowd.forEach((child) => child.kill('SIGKILL'));
  }
}

async function benchWatching(supervision: string): Promise<Figure> {
  const project = new BenchProject('touch began; sleep 600');
  try {
    const runner = project.run('--supervision', supervision);
    await until(() => project.events('worker_start').length > 0);
    await sleep(3_000);
    const isolation = Number(readFileSync(project.data('workers.pids'), 'utf8').split('\t')[0]);
    const used = (): number => cpuSeconds(runner.pid ?? 0) + cpuSeconds(isolation);
    const before = used();
    await sleep(WATCH_MS);
    const percent = ((used() - before) / (WATCH_MS / 1000)) * 100;
    await exited(project.autoloop('stop', '--force', '--task', 'prompt'));
    return figure(`runner and isolation layer of an idle worker, ${supervision} (< 0.5 %)`, {
      ...{ value: percent, unit: '% CPU', baseline: { name: 'one core', value: 100 } },
    });
  } finally {
    project.remove();
  }
}

function bareNodeMs(): number {
  const times = Array.from({ length: 9 }, () => {
    const before = performance.now();
    spawnSync(NODE, ['-e', '0']);
    return performance.now() - before;
  });
  return percentile(times, 0.5);
}
