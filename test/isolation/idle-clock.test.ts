import { expect, it } from 'vitest';
import { IdleClock } from '../../src/isolation/idle-clock.ts';

it('counts since the last sign of life', () => {
  const { clock, pass } = started();
  pass(5);
  clock.restart();
  pass(3);
  expect(clock.idleMs).toBe(3);
});

it('stands still while it is held, and goes on where it stood', () => {
  const { clock, pass } = started();
  pass(5);
  clock.hold();
  pass(100);
  clock.hold();
  expect(clock.idleMs).toBe(5);
  clock.letGo();
  pass(2);
  clock.letGo();
  expect(clock.idleMs).toBe(7);
});

it('stays held over a sign of life', () => {
  const { clock, pass } = started();
  pass(5);
  clock.hold();
  clock.restart();
  pass(100);
  expect([clock.idleMs, clock.isHeld]).toEqual([0, true]);
});

it('forgives time in which nobody ran, and owes none for it', () => {
  const { clock, pass } = started();
  pass(100);
  clock.forgive(90);
  pass(5);
  expect(clock.idleMs).toBe(15);
  clock.forgive(1_000);
  expect(clock.idleMs).toBe(0);
  clock.hold();
  clock.forgive(10);
  pass(100);
  expect([clock.idleMs, clock.isHeld]).toEqual([0, true]);
});

function started() {
  let nowMs = 1_000;
  const clock = new IdleClock(() => nowMs);
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { clock, pass };
}
