import { getPriority } from 'node:os';
import { describe, expect, it, type TestContext } from 'vitest';
import type { TreeLimits } from '../../src/domain/attempt.ts';
import { IsolationLayer, orderFor, program } from './isolation-layer.ts';
import { SUPERVISIONS } from './supervisions.ts';
import { temporaryRoot } from './temporary-root.ts';

const NONE: TreeLimits = { memoryBytes: 0, processes: 0, openFiles: 0, cpuSeconds: 0, nice: 0 };
const MB = 2 ** 20;

// Most of them wait for the next look at the tree.
describe.concurrent.each(SUPERVISIONS)('supervision $name', ({ namespace }) => {
  const layerOf = (test: TestContext, name: string, limits: Partial<TreeLimits>) =>
    new IsolationLayer(
      orderFor(temporaryRoot(test), program(name), {
        ...{ namespace, graceMs: 60_000 },
        limits: { ...NONE, ...limits },
      }),
      { test },
    );

  it('counts memory once that several processes share', async (test) => {
    const result = await layerOf(test, 'shares-memory.sh', { memoryBytes: 400 * MB }).ended();
    expect(result.outcome).toBe('succeeded');
    expect(result.usage.peakMemoryBytes).toBeGreaterThan(400 * MB);
  });

  it('asks a tree to end that has used up its CPU time', async (test) => {
    const result = await layerOf(test, 'burns-cpu.sh', { cpuSeconds: 0.5 }).ended();
    expect(result.outcome).toBe('resource_exceeded');
    expect(result.reason).toMatch(/took [\d.]+ s of CPU time, 0.5 are allowed/);
    expect(result.usage.cpuSeconds).toBeGreaterThan(0.5);
  }, 30_000);

  it('gives no grace to a tree that takes too much memory after it was asked to end', async (test) => {
    const limits = { cpuSeconds: 0.5, memoryBytes: 300 * MB };
    const layer = layerOf(test, 'burns-cpu-then-eats-memory.sh', limits);
    const result = await layer.ended();
    expect(result).toMatchObject({ outcome: 'resource_exceeded', signal: 'SIGKILL' });
    expect(result.reason).toMatch(/of CPU time, 0.5 are allowed/);
    expect(result.usage.peakMemoryBytes).toBeGreaterThan(300 * MB);
  }, 30_000);

  it('lets a tree be that keeps within its limits, and tells what it took', async (test) => {
    const limits = { memoryBytes: 4_000 * MB, processes: 100, cpuSeconds: 600 };
    const { outcome, usage } = await layerOf(test, 'shares-memory.sh', limits).ended();
    expect(outcome).toBe('succeeded');
    expect(usage.peakMemoryBytes).toBeGreaterThan(150_000_000);
    expect(usage.peakProcesses).toBeGreaterThanOrEqual(5);
    expect(usage.cpuSeconds).toBeGreaterThan(0);
  });

  it('limits the open files of each process', async (test) => {
    const layer = layerOf(test, 'tells-limits.sh', { openFiles: 123 });
    await layer.ended();
    expect(layer.log).toContain('open files 123\n');
  });

  it('lowers the priority of all of it before it begins', async (test) => {
    const layer = layerOf(test, 'tells-limits.sh', { nice: 7 });
    await layer.ended();
    expect(layer.log).toContain(`nice ${getPriority() + 7}\n`);
  });
});
