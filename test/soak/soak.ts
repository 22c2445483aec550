import { type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CrashProject, ended, expectNothingLostOrPaidTwice } from '../crash/crash-rig.ts';
import { agentsOf } from '../crash/end-project.ts';
import { slope } from './slope.ts';

const ITERATIONS = Number(process.env['SOAK_ITERATIONS'] ?? 2_000);
/** The last ones are played by one runner, which is watched: whoever is killed every few seconds cannot grow. */
const WATCHED = Math.ceil(ITERATIONS / 2);
const KILL_AFTER_MS = { least: 1_000, most: 6_000 };
const LOOK_EVERY_MS = 2_000;
const HOSTILE = join(import.meta.dirname, '..', 'agents-programs', 'hostile');

/** Every behaviour in turn: it leaves something and goes, hears nothing, dies, fails, floods. Most iterations are short. */
const AGENT = `
case $((AUTOLOOP_ITERATION % 16)) in
  1) exec "$HOSTILE/setsid-double-fork.sh" 600 leave ;;
  3) exec "$HOSTILE/double-fork.sh" 600 leave ;;
  5) exec "$HOSTILE/scrubbed-daemon.sh" 600 leave ;;
  7) exit 3 ;;
  9) [ "$AUTOLOOP_ATTEMPT" -gt 1 ] || kill -SEGV $$ ;;
  11) exec "$HOSTILE/ignores-signals.sh" 600 stay ;;
  13) yes 'some words of an agent that says a lot' | head -n 100000 ;;
  15) exec "$HOSTILE/holds-stdout.sh" 600 leave ;;
  *) echo done ;;
esac`;

interface Look {
  readonly iteration: number;
  readonly rssKb: number;
  readonly fds: number;
  readonly zombies: readonly number[];
}

it(`plays ${ITERATIONS} iterations of hostile agents`, async () => {
  const project = new CrashProject({
    flags: [
      ...['--agent', 'command', '--interval', '0', '--max', String(ITERATIONS)],
      ...['--timeout', '2', '--grace', '0.2', '--max-failures', '0'],
    ],
    agent: AGENT,
    environment: { HOSTILE },
  });
  const beganAt = performance.now();
  const kills = await playKilled(project);
  const looks: Look[] = [];
  const runner = project.start();
  const end = ended(runner);
  const watching = setInterval(() => looks.push(...lookAt(project, runner)), LOOK_EVERY_MS);
  const { code, output } = await end;
  clearInterval(watching);
  expect(code, output).toBe(0);
  expect(agentsOf(project), 'no orphan').toEqual([]);
  expectNothingLostOrPaidTwice(project, ITERATIONS);
  report({ project, looks, kills, tookMs: performance.now() - beganAt });
  expect(forgottenZombies(looks), 'zombies of the runner').toEqual([]);
  project.remove();
});

/** A runner is killed again and again, until the watched iterations are left; how often it was. */
async function playKilled(project: CrashProject): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const runner = project.start();
    const end = ended(runner);
    const { least, most } = KILL_AFTER_MS;
    const timer = setTimeout(() => runner.kill('SIGKILL'), least + Math.random() * (most - least));
    const { code, signal, output } = await end;
    clearTimeout(timer);
    expect(signal, `${code} ${output}`).toBe('SIGKILL');
    if (iterationsOf(project) >= ITERATIONS - WATCHED) {
      return kills + 1;
    }
  }
}

function iterationsOf(project: CrashProject): number {
  return project.eventsNamed('iteration_end').length;
}

function lookAt(project: CrashProject, { pid = 0 }: ChildProcess): Look[] {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return [
      {
        iteration: iterationsOf(project),
        rssKb: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
        fds: readdirSync(`/proc/${pid}/fd`).length,
        zombies: childrenOf(pid).filter(isZombie),
      },
    ];
  } catch {
    return [];
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** One that has just died is about to be waited for; whoever is there at the next look, too, was forgotten. */
function forgottenZombies(looks: readonly Look[]): number[] {
  return looks.flatMap(({ zombies }, index) =>
    zombies.filter((pid) => looks[index + 1]?.zombies.includes(pid)),
  );
}

interface Soaked {
  readonly project: CrashProject;
  readonly looks: readonly Look[];
  readonly kills: number;
  readonly tookMs: number;
}

function report({ project, looks, kills, tookMs }: Soaked): void {
  // While it warms up it grows; what counts is what comes after.
  const settled = looks.slice(Math.floor(looks.length / 4));
  const points = (field: 'rssKb' | 'fds'): [number, number][] =>
    settled.map((look) => [look.iteration, look[field]]);
  const outcomes = Map.groupBy(project.eventsNamed('iteration_end'), ({ details }) =>
    String(details['outcome']),
  );
  const rss = settled.map(({ rssKb }) => rssKb / 1024);
  const rows = {
    iterations: ITERATIONS,
    'attempts started': project.ledger().length,
    'SIGKILLs of the runner': kills,
    seconds: Math.round(tookMs / 1000),
    outcomes: [...outcomes].map(([name, ends]) => `${name} ${ends.length}`).join(', '),
    'memory of the watched runner': `${Math.min(...rss).toFixed(1)} to ${Math.max(...rss).toFixed(1)} MB`,
    'its slope': `${(slope(points('rssKb')) * 100).toFixed(1)} kB per 100 iterations`,
    'its open files': `${Math.min(...settled.map(({ fds }) => fds))} to ${Math.max(...settled.map(({ fds }) => fds))}`,
    'their slope': `${(slope(points('fds')) * 100).toFixed(3)} per 100 iterations`,
  };
  for (const [name, value] of Object.entries(rows)) {
    console.log(`${name.padEnd(30)} ${value}`);
  }
}
