import { expect, test, vi } from 'vitest';
import type { Clock } from '../../../src/ports/clock.ts';

/** `pass` lets at least that much time go by. */
export interface PassingClock {
  readonly clock: Clock;
  readonly pass: (ms: number) => Promise<void> | void;
}

export function keepsTheClockContract(create: () => PassingClock): void {
  test('goes on', async () => {
    const { clock, pass } = create();
    const before = clock.now();
    await pass(20);
    expect(clock.now() - before).toBeGreaterThanOrEqual(19);
  });

  test('fires once, not before its time', async () => {
    const { clock, pass } = create();
    const fire = vi.fn();
    clock.startTimer(30, fire);
    await pass(5);
    expect(fire).not.toHaveBeenCalled();
    await pass(60);
    await pass(60);
    expect(fire).toHaveBeenCalledOnce();
  });

  test('does not fire after its cancel', async () => {
    const { clock, pass } = create();
    const fire = vi.fn();
    clock.startTimer(10, fire)();
    await pass(50);
    expect(fire).not.toHaveBeenCalled();
  });

  test('a delay beyond 2^31 ms does not fire at once', async () => {
    const { clock, pass } = create();
    const fire = vi.fn();
    const cancel = clock.startTimer(30 * 86_400_000, fire);
    await pass(50);
    expect(fire).not.toHaveBeenCalled();
    cancel();
  });
}
