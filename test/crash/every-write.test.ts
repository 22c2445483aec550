import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { CrashProject, expectNothingLostOrPaidTwice } from './crash-rig.ts';

const FLAGS = ['--agent', 'command', '--max', '1', '--interval', '0'];
const projects: CrashProject[] = [];

function project(): CrashProject {
  const made = new CrashProject({ flags: FLAGS, agent: 'echo working; sleep 0.05; echo done' });
  projects.push(made);
  return made;
}

afterAll(() => projects.forEach((made) => made.remove()));

/** How many writes an undisturbed run makes, and which states its snapshots show. */
async function undisturbed(): Promise<{ writes: number; states: string[] }> {
  const calm = project();
  writeFileSync(calm.path('report'), '');
  const life = await calm.live(['run'], { DIE_REPORT: calm.path('report') });
  expect(life.code, life.output).toBe(0);
  const lines = readFileSync(calm.path('report'), 'utf8').split('\n').filter(Boolean);
  expectNothingLostOrPaidTwice(calm, 1);
  return { writes: Number(lines.at(-1)), states: lines.slice(0, -1) };
}

const { writes, states } = await undisturbed();

describe('a runner killed at a write of its own', () => {
  it(`goes on as if nothing had happened, at each of ${writes} writes`, async () => {
    const all = Array.from({ length: writes }, (_, index) => index + 1);
    await inLanes(all, async (at) => {
      const hit = project();
      const first = await hit.live(['run'], { DIE_AT_WRITE: String(at) });
      const second = first.code === 0 ? first : await hit.live();
      expect(second.code, `write ${at}: ${second.output}`).toBe(0);
      try {
        const runs = hit.eventsNamed('loop_start').length;
        expectNothingLostOrPaidTwice(hit, runs, runs);
      } catch (error) {
        throw new Error(`Killed at write ${at} of ${writes}: ${String(error)}`, { cause: error });
      }
      hit.remove();
    });
  }, 240_000);
});

describe('a runner killed with a state on disk and nothing done in it', () => {
  it.each([...new Set(states)])(
    'goes on from %s',
    async (state) => {
      const hit = project();
      const first = await hit.live(['run'], { DIE_IN_STATE: state });
      expect(first.signal).toBe('SIGKILL');
      const second = await hit.live();
      expect(second.code, second.output).toBe(0);
      const runs = state === 'stopped' ? 2 : 1;
      expectNothingLostOrPaidTwice(hit, runs, runs);
    },
    30_000,
  );
});

/** Lives are mostly waiting for agents: several side by side. */
async function inLanes<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item);
    }
  };
  await Promise.all([lane(), lane(), lane()]);
}
