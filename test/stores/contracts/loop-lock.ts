import { expect, onTestFinished, test } from 'vitest';
import { EXIT } from '../../../src/domain/error.ts';
import type { LoopLock } from '../../../src/ports/loop-lock.ts';

/** `createTwo`: two locks of one loop. */
export function keepsTheLoopLockContract(createTwo: () => readonly [LoopLock, LoopLock]): void {
  const createTidied = (): readonly [LoopLock, LoopLock] => {
    const locks = createTwo();
    onTestFinished(() => locks.forEach((lock) => lock.release()));
    return locks;
  };

  test('is not held before it is acquired, nor after its release', async () => {
    const [lock] = createTidied();
    expect(lock.isHeld()).toBe(false);
    await lock.acquire();
    expect(lock.isHeld()).toBe(true);
    lock.release();
    expect(lock.isHeld()).toBe(false);
  });

  test('refuses the second with 152 and lets him in after the release', async () => {
    const [first, second] = createTidied();
    await first.acquire();
    await expect(second.acquire()).rejects.toMatchObject({ code: EXIT.lockHeld });
    expect([first.isHeld(), second.isHeld()]).toEqual([true, false]);
    first.release();
    await second.acquire();
    expect(second.isHeld()).toBe(true);
  });

  test('acquiring and releasing twice is as once', async () => {
    const [lock] = createTidied();
    await lock.acquire();
    await lock.acquire();
    lock.release();
    lock.release();
    expect(lock.isHeld()).toBe(false);
  });
}
