import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { CrashProject, ended, eventually } from './crash-rig.ts';

const projects: CrashProject[] = [];

function project(): CrashProject {
  const made = new CrashProject({
    flags: ['--agent', 'command', '--max', '1', '--interval', '0'],
    agent: 'while [ ! -e release ]; do sleep 0.05; done',
  });
  projects.push(made);
  return made;
}

afterAll(() => projects.forEach((made) => made.remove()));

it('lets one of twenty runners run, and the others say who it is', async () => {
  const shared = project();
  const children = Array.from({ length: 20 }, () => shared.start());
  const lives = children.map((child) => ended(child));
  const refused = await firstOf(lives, 19);
  expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 19 }, () => 152));
  for (const { output } of refused) {
    expect(output).toMatch(/already running \(pid \d+/);
    expect(output).toMatch(/autoloop stop/);
  }
  release(shared);
  const codes = (await Promise.all(lives)).map(({ code }) => code);
  expect(codes.filter((code) => code === 0)).toHaveLength(1);
  expect(shared.ledger()).toHaveLength(1);
}, 60_000);

it('lets none of twenty more in while the lock file is deleted again and again', async () => {
  const shared = project();
  const owner = shared.start();
  const end = ended(owner);
  await eventually('the worker runs', () => shared.ledger().length === 1);
  const deleting = setInterval(() => rmSync(shared.data('loop.lock'), { force: true }), 1);
  try {
    const others = await Promise.all(Array.from({ length: 20 }, () => shared.live()));
    expect(others.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 152));
  } finally {
    clearInterval(deleting);
  }
  release(shared);
  const { code, output } = await end;
  expect(code, output).toBe(0);
  expect(shared.ledger()).toHaveLength(1);
  const warned = shared.eventsNamed('warning').map(({ details }) => details['message']);
  expect(warned).toEqual([
    expect.stringMatching(/loop\.lock was (deleted|replaced or written into), and locked anew/),
  ]);
}, 60_000);

it('leaves the loop to an owner that is stopped, not dead', async () => {
  const owned = project();
  const owner = owned.start();
  const end = ended(owner);
  await eventually('the worker runs', () => owned.ledger().length === 1);
  owner.kill('SIGSTOP');
  const second = await owned.live();
  expect(second.code, second.output).toBe(152);
  owner.kill('SIGCONT');
  release(owned);
  expect((await end).code).toBe(0);
}, 30_000);

function release(made: CrashProject): void {
  made.write('release', '');
}

/** The first `count` to settle. */
function firstOf<Value>(promises: readonly Promise<Value>[], count: number): Promise<Value[]> {
  return new Promise((resolve) => {
    const settled: Value[] = [];
    for (const promise of promises) {
      void promise.then((value) => {
        settled.push(value);
        return settled.length === count ? resolve(settled) : undefined;
      });
    }
  });
}
