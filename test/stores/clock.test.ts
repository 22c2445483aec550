import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { SystemClock } from '../../src/stores/system-clock.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { keepsTheClockContract } from './contracts/clock.ts';

describe('SystemClock', () => {
  keepsTheClockContract(() => ({ clock: new SystemClock(), pass: (ms) => sleep(ms) }));

  // The monotonic clock is real here and hardly moves: as in a suspended machine.
  test('sees within a minute that a moment passed while the machine slept', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const fire = vi.fn<() => void>();
    new SystemClock().startTimer(8 * 3_600_000, fire);
    vi.advanceTimersByTime(90_000);
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    expect(fire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(fire).toHaveBeenCalledOnce();
  });
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
