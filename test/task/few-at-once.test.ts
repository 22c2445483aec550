import { expect, it } from 'vitest';
import { fewAtOnce } from '../../src/task/few-at-once.ts';

it('does no more than a few at once, each once, and keeps their order', async () => {
  let working = 0;
  let most = 0;
  const doubled = await fewAtOnce(
    Array.from({ length: 50 }, (_, at) => at),
    async (at) => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      working -= 1;
      return 2 * at;
    },
    3,
  );
  expect(doubled).toEqual(Array.from({ length: 50 }, (_, at) => 2 * at));
  expect(most).toBe(3);
});

it('rejects where one does', async () => {
  const failing = fewAtOnce([1, 2], async (at) => {
    if (at === 2) {
      throw new Error('no luck');
    }
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(await fewAtOnce([], async () => 1)).toEqual([]);
});
