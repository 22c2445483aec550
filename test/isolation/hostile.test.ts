import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ENDINGS } from './endings.ts';
import { HOSTILE_AGENTS, type HostileAgent } from './hostile-agents.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { play, type Attempt } from './play-hostile.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

const LONGEST_TEST_MS = 60_000;

describe.each([0, 1].flatMap((index) => SUPERVISIONS[index] ?? []))(
  'supervision $name',
  (supervision) => {
    const isStrict = supervision.namespace !== null;
    const agents = HOSTILE_AGENTS.filter(
      ({ under }) => under === 'both' || (under === 'strict') === isStrict,
    );

    it.each(agents.map((agent): [string, HostileAgent] => [titleOf(agent), agent]))(
      '%s ends in time, is classified, and leaves nothing',
      async (_, agent) => {
        const attempts = attemptsOf(agent);
        const played = await sideBySide(attempts, agent.atOnce, (attempt) =>
          play(agent, attempt, supervision),
        );
        expect(byName(attempts, played)).toEqual(
          byName(
            attempts,
            attempts.map(({ ending }) => ({
              ...{ outcome: agent.outcomes[ending], late: 'in time' },
              ...{ left: [], state: 'readable' },
            })),
          ),
        );
      },
      LONGEST_TEST_MS,
    );

    it('ends who hands on to a child faster than anybody can look', async () => {
      const root = temporaryRoot();
      const layer = new IsolationLayer(
        orderFor(root, program('hostile/hands-on.sh'), { namespace: supervision.namespace }),
      );
      expect(await layer.ended()).toMatchObject({ outcome: 'succeeded' });
      const handedOn = readFileSync(`${root}/handed-on`);
      await setTimeout(300);
      expect(readFileSync(`${root}/handed-on`).equals(handedOn)).toBe(true);
    });
  },
);

function titleOf({ program: name, args = [], order }: HostileAgent): string {
  const limits = Object.entries(order?.limits ?? {}).filter(([, limit]) => limit !== 0);
  return [name, ...args, ...limits.map(([limit, value]) => `(${limit}: ${value})`)].join(' ');
}

function attemptsOf({ outcomes, args }: HostileAgent): Attempt[] {
  return ENDINGS.filter((ending) => ending in outcomes).flatMap((ending) =>
    (args ?? [null]).map((arg) => ({ ending, arg })),
  );
}

function byName(attempts: readonly Attempt[], values: readonly object[]): object {
  return Object.fromEntries(
    attempts.map(({ ending, arg }, index) => [`${ending} ${arg ?? ''}`.trim(), values[index]]),
  );
}

async function sideBySide<Item, Done>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const waiting = items.entries();
  const done: Done[] = [];
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      done[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return done;
}
