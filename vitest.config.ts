import { defineConfig } from 'vitest/config';

/**
 * The rings, from the inside out. A later one stands on what the former ones proved, and they run one after the other,
 * so that real processes and their deadlines do not starve.
 */
const RINGS = [
  { name: 'house', files: 'house', order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  { name: 'machines', files: 'machines', order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  {
    name: 'adapters',
    files: '!(house|machines|cli|bad-input|crash|soak)',
    order: 1,
    maxWorkers: 2,
    timeoutMs: 15_000,
  },
  { name: 'cli', files: '(cli|bad-input)', order: 2, maxWorkers: 2, timeoutMs: 30_000 },
  // Each of its tests runs several loops at once.
  { name: 'crash', files: 'crash', order: 3, maxWorkers: 1, timeoutMs: 60_000 },
];

export default defineConfig({
  test: {
    projects: RINGS.map(({ name, files, order, maxWorkers, timeoutMs }) => ({
      test: {
        name,
        include: [`test/${files}/**/*.test.ts`],
        sequence: { groupOrder: order },
        maxWorkers,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
      },
    })),
  },
});
