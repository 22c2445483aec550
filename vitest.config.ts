import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/**
 * The rings, from the inside out. A later one stands on what the former ones proved, and they run one after the other,
 * so that real processes and their deadlines do not starve. Folders that no other ring names are the adapters'.
 */
const RINGS = [
  { name: 'house', folders: ['house'], order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  { name: 'machines', folders: ['machines'], order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  { name: 'adapters', folders: [], order: 1, maxWorkers: 2, timeoutMs: 15_000 },
  {
    name: 'cli',
    folders: ['cli', 'cli-reading', 'bad-input'],
    order: 2,
    maxWorkers: 2,
    timeoutMs: 30_000,
  },
  { name: 'crash', folders: ['crash'], order: 3, maxWorkers: 2, timeoutMs: 60_000 },
];

const named = new Set(RINGS.flatMap(({ folders }) => folders));
const others = readdirSync('test').filter((folder) => !named.has(folder));

export default defineConfig({
  test: {
    projects: RINGS.map(({ name, folders, order, maxWorkers, timeoutMs }) => ({
      test: {
        name,
        alias: { 'autoloop/task': `${import.meta.dirname}/src/task/index.ts` },
        include: (folders.length > 0 ? folders : others).map(
          (folder) => `test/${folder}/**/*.test.ts`,
        ),
        sequence: { groupOrder: order },
        maxWorkers,
        testTimeout: timeoutMs,
        hookTimeout: timeoutMs,
      },
    })),
  },
});
