import { isAbsolute } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { AttemptStore } from '../../../src/ports/attempt-store.ts';
import { sampleClaim, sampleResult } from '../samples.ts';

const KEY = { iteration: 7, attempt: 2 };

export function keepsTheAttemptStoreContract(create: () => AttemptStore): void {
  test('knows neither claim nor result of an attempt that never was', () => {
    const store = create();
    expect([store.readClaim(KEY), store.readResult(KEY)]).toEqual([null, null]);
    expect(store.lastIteration()).toBe(0);
  });

  test('names folder and log by six digits, absolute', () => {
    const store = create();
    expect(store.directory(KEY)).toMatch(/iterations\/000007\/attempt-2$/);
    expect(store.logFile(7)).toMatch(/iterations\/000007\.log$/);
    expect(isAbsolute(store.directory(KEY)) && isAbsolute(store.logFile(7))).toBe(true);
  });

  test('the first claim wins for ever', () => {
    const store = create();
    expect(store.claim(KEY, sampleClaim)).toBe(true);
    expect(store.claim(KEY, { ...sampleClaim, agent: 'late' })).toBe(false);
    expect(store.readClaim(KEY)).toEqual(sampleClaim);
  });

  test('the first result wins for ever', () => {
    const store = create();
    expect(store.settle(KEY, sampleResult)).toBe(true);
    expect(store.settle(KEY, { ...sampleResult, outcome: 'interrupted' })).toBe(false);
    expect(store.readResult(KEY)).toEqual(sampleResult);
  });

  test('puts a claim back as it was, whatever lies there', () => {
    const store = create();
    store.claim(KEY, { ...sampleClaim, agent: 'forged' });
    store.restoreClaim(KEY, sampleClaim);
    expect(store.readClaim(KEY)).toEqual(sampleClaim);
    expect(store.claim(KEY, sampleClaim)).toBe(false);
  });

  test('takes away whatever lies in the folder of an attempt, and names it', () => {
    const store = create();
    store.claim(KEY, sampleClaim);
    store.settle(KEY, sampleResult);
    expect(store.empty(KEY).toSorted()).toEqual(['claim.json', 'result.json']);
    expect([store.readClaim(KEY), store.readResult(KEY), store.exists(KEY)]).toEqual([
      null,
      null,
      true,
    ]);
    expect(store.empty(KEY)).toEqual([]);
  });

  test('knows whether an attempt was ever begun', () => {
    const store = create();
    expect(store.exists(KEY)).toBe(false);
    store.directory(KEY);
    expect(store.exists(KEY)).toBe(true);
  });

  test('keeps attempts apart', () => {
    const store = create();
    store.claim(KEY, sampleClaim);
    expect(store.readClaim({ ...KEY, attempt: 1 })).toBeNull();
  });

  test('keeps copies beside the attempts, the last one of each name', () => {
    const store = create();
    expect(store.kept(KEY.iteration, 'changes.json')).toBeNull();
    store.directory(KEY);
    store.keep(KEY.iteration, { name: 'changes.json', text: '[]' });
    store.keep(KEY.iteration, { name: 'changes.json', text: '["a"]' });
    store.keep(KEY.iteration, { name: 'report.json', text: '{}' });
    expect(store.kept(KEY.iteration, 'changes.json')).toBe('["a"]');
    expect(store.kept(KEY.iteration + 1, 'changes.json')).toBeNull();
  });

  test('knows the highest iteration, beyond six digits too', () => {
    const store = create();
    for (const iteration of [3, 1_234_567, 999_999]) {
      store.directory({ iteration, attempt: 1 });
    }
    expect(store.lastIteration()).toBe(1_234_567);
  });

  test('tells a watcher once after arming, so that nothing before it is missed', async () => {
    const store = create();
    const changed = vi.fn();
    onTestFinished(store.watch(KEY, changed));
    expect(changed).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(changed).toHaveBeenCalledOnce();
  });

  test('tells a watcher of a result', async () => {
    const store = create();
    const settled = new Promise<void>((resolve) => {
      onTestFinished(store.watch(KEY, () => store.readResult(KEY) && resolve()));
    });
    store.settle(KEY, sampleResult);
    await expect(settled).resolves.toBeUndefined();
  });

  test('tells a watcher nothing after its cancel, not even what was under way', async () => {
    const store = create();
    const changed = vi.fn();
    const cancel = store.watch(KEY, changed);
    cancel();
    store.settle(KEY, sampleResult);
    await Promise.resolve();
    expect(changed).not.toHaveBeenCalled();
  });
}
