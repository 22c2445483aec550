import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The rings, from the inside out. A later one stands on what the former ones proved. Rings of one order begin one after
 * the other and share their workers: the machines' longest file takes one for a minute. Those of different order do not
 * meet, so that real processes and their deadlines do not starve. On two cores two workers compute; those of the
 * command line wait for programs and deadlines more than half of the time. Folders that no other ring names are the
 * adapters'.
 */
const RINGS = [
  { name: 'house', folders: ['house'], order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  { name: 'machines', folders: ['machines'], order: 0, maxWorkers: 2, timeoutMs: 10_000 },
  { name: 'adapters', folders: [], order: 0, maxWorkers: 2, timeoutMs: 15_000 },
  {
    name: 'cli',
    folders: ['cli', 'cli-reading', 'bad-input'],
    order: 1,
    maxWorkers: 3,
    timeoutMs: 30_000,
  },
  { name: 'crash', folders: ['crash'], order: 2, maxWorkers: 2, timeoutMs: 60_000 },
];

/** Vitest's own goes by the rings' names, and within a ring begins with what takes long. */
class FromTheInsideOut extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ring = ({ project }: TestSpecification): number =>
      RINGS.findIndex(({ name }) => name === project.name);
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array's
    const sorted = await super.sort(files);
    return sorted.toSorted((left, right) => ring(left) - ring(right));
  }
}

const named = new Set(RINGS.flatMap(({ folders }) => folders));
const others = readdirSync('test').filter((folder) => !named.has(folder));

export default defineConfig({
  test: {
    sequence: { sequencer: FromTheInsideOut },
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
