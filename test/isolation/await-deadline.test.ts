import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awaitDeadline } from '../../src/isolation/await-deadline.ts';
import { IdleClock } from '../../src/isolation/idle-clock.ts';

// The monotonic clock is real here and hardly moves: as in a suspended machine.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

it('sees within ten seconds that the wall clock has passed a deadline while the machine slept', () => {
  const passed = vi.fn<() => void>();
  const untilEpochMs = Date.now() + 3_600_000;
  awaitDeadline({ kind: 'total', untilEpochMs }, passed, new IdleClock());
  vi.advanceTimersByTime(20_000);
  vi.setSystemTime(untilEpochMs);
  expect(passed).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
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
