import { afterAll, expect, it } from 'vitest';
import { CrashProject, ended, expectNothingLostOrPaidTwice } from './crash-rig.ts';

const KILLS = 100;
const ITERATIONS = 50;
const SEED = 20261123;

const project = new CrashProject({
  flags: ['--agent', 'command', '--max', String(ITERATIONS), '--interval', '0'],
  agent:
    'sleep "0.$(awk -v s="$AUTOLOOP_ITERATION" \'BEGIN { srand(s); print int(50 + rand() * 250) }\' | awk \'{ printf "%03d", $1 }\')"',
});

afterAll(() => project.remove());

it(`loses nothing and pays nothing twice, killed at ${KILLS} random moments over ${ITERATIONS} iterations`, async () => {
  const random = generator(SEED);
  let kills = 0;
  for (let life = 0; ; life += 1) {
    expect(life, 'it comes to an end').toBeLessThan(KILLS + 20);
    const child = project.start();
    const end = ended(child);
    const delayMs = 60 + random() * (isAhead(kills) ? 100 : 300);
    const timer = kills < KILLS ? setTimeout(() => child.kill('SIGKILL'), delayMs) : undefined;
    const { code, signal, output } = await end;
    clearTimeout(timer);
    if (signal === 'SIGKILL') {
      kills += 1;
    } else {
      expect(code, output).toBe(0);
      break;
    }
  }
  expect(kills, 'it was killed as often as it was meant to be').toBe(KILLS);
  expectNothingLostOrPaidTwice(project, ITERATIONS);
  const outcomes = project.eventsNamed('iteration_end').map(({ details }) => details['outcome']);
  expect(new Set(outcomes)).toEqual(new Set(['succeeded']));
}, 240_000);

/** Whether the iterations would be done before the kills are, on a machine that is quick. */
function isAhead(kills: number): boolean {
  return project.eventsNamed('iteration_end').length / ITERATIONS > kills / KILLS;
}

/** Numerical Recipes' linear congruential generator: the moments are the same in each run, what they hit is not. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
