import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { awaitDeadline } from '../../src/isolation/await-deadline.ts';
import { IdleClock } from '../../src/isolation/idle-clock.ts';

// The monotonic clock is real here and hardly moves: as in a suspended machine.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it('sees within five seconds that the wall clock has passed a deadline while the machine slept', () => {
  const passed = vi.fn<() => void>();
  const untilEpochMs = Date.now() + 3_600_000;
  awaitDeadline({ kind: 'total', untilEpochMs }, passed, new IdleClock());
  vi.advanceTimersByTime(20_000);
  vi.setSystemTime(untilEpochMs);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(passed).toHaveBeenCalledOnce();
});

it('does not take the time a machine slept for idleness', () => {
  const passed = vi.fn<() => void>();
  awaitDeadline({ kind: 'idle', afterMs: 600_000 }, passed, new IdleClock());
  vi.advanceTimersByTime(3_600_000);
  expect(passed).not.toHaveBeenCalled();
});

it('passes when the idle clock says so, and not before it is let go', () => {
  let nowMs = 0;
  const idle = new IdleClock(() => nowMs);
  const passed = vi.fn<() => void>();
  awaitDeadline({ kind: 'idle', afterMs: 1_000 }, passed, idle);
  vi.advanceTimersByTime(0);
  idle.hold();
  nowMs = 50_000;
  vi.advanceTimersByTime(50_000);
  expect(passed).not.toHaveBeenCalled();
  idle.letGo();
  nowMs = 51_000;
  vi.advanceTimersByTime(1_000);
  expect(passed).toHaveBeenCalledOnce();
});

it('never passes where there is no limit of idleness', () => {
  const passed = vi.fn<() => void>();
  awaitDeadline({ kind: 'idle', afterMs: 0 }, passed, new IdleClock(() => 1e12));
  vi.advanceTimersByTime(3_600_000);
  expect(passed).not.toHaveBeenCalled();
});

it('does not pass once it was left', () => {
  const passed = vi.fn<() => void>();
  const leave = awaitDeadline({ kind: 'grace', afterMs: 0 }, passed, new IdleClock());
  leave();
  vi.advanceTimersByTime(1_000);
  expect(passed).not.toHaveBeenCalled();
});

describe('where the monotonic clock goes on while the machine sleeps', () => {
  it('takes that time back from the idle clock, but for one small step', () => {
    const { idle, passed, sleep } = useSleepingMachine(10_000);
    vi.advanceTimersByTime(4_000);
    sleep(3_600_000);
    expect(passed).not.toHaveBeenCalled();
    expect(idle.idleMs).toBeGreaterThanOrEqual(4_000);
    expect(idle.idleMs).toBeLessThanOrEqual(5_000);
    vi.advanceTimersByTime(6_000);
    expect(passed).toHaveBeenCalledOnce();
  });

  it('counts the delays of a loaded machine', () => {
    const { passed, sleep } = useSleepingMachine(10_000);
    for (let late = 0; late < 6; late += 1) {
      sleep(1_500);
      vi.advanceTimersByTime(1_000);
    }
    expect(passed).toHaveBeenCalledOnce();
  });

  function useSleepingMachine(afterMs: number) {
    let sleptMs = 0;
    const startMs = Date.now();
    const monotonicMs = (): number => Date.now() - startMs + sleptMs;
    vi.spyOn(process, 'uptime').mockImplementation(() => monotonicMs() / 1000);
    onTestFinished(() => void vi.restoreAllMocks());
    const passed = vi.fn<() => void>();
    const idle = new IdleClock(monotonicMs);
    awaitDeadline({ kind: 'idle', afterMs }, passed, idle);
    vi.advanceTimersByTime(0);
    /** The timer that is due next comes so much later. */
    const sleep = (ms: number): void => {
      sleptMs += ms;
      vi.advanceTimersToNextTimer();
    };
    return { idle, passed, sleep };
  }
});
