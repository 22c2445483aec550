import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SystemClock } from '../../src/stores/system-clock.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { keepsTheClockContract } from './contracts/clock.ts';

describe('SystemClock', () => {
  keepsTheClockContract(() => ({ clock: new SystemClock(), pass: (ms) => sleep(ms) }));
});

describe('ManualClock', () => {
  keepsTheClockContract(() => {
    const clock = new ManualClock();
    return { clock, pass: (ms) => clock.advance(ms) };
  });

  test('fires in order, each at its own time, timers started on the way included', () => {
    const clock = new ManualClock(0);
    const fired: string[] = [];
    const note = (name: string) => () => void fired.push(`${name}@${clock.now()}`);
    clock.startTimer(20, note('second'));
    clock.startTimer(10, () => {
      note('first')();
      clock.startTimer(5, note('nested'));
    });
    clock.startTimer(1_000, note('later'));
    clock.advance(100);
    expect(fired).toEqual(['first@10', 'nested@15', 'second@20']);
    expect([clock.now(), clock.pending()]).toEqual([100, [1_000]]);
  });
});
