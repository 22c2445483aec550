import { expect, it } from 'vitest';
import * as z from 'zod';
import { defineTask, type TaskDefinition } from '../../src/task/index.ts';

it('lets hooks know the type of the own settings, and returns the definition as it is', () => {
  const given = {
    settings: z.object({ depth: z.number().default(3) }),
    description: 'x',
  };
  const task = defineTask({
    ...given,
    selectTarget: ({ own }) => `depth ${own.depth.toFixed(1)}`,
    measure: ({ own }) => ({ issuesFixed: own.depth, drifted: false }),
    // @ts-expect-error -- there is no such setting
    buildHelperContext: ({ own }) => String(own.width),
    onFailure: { selectTarget: 'stop' },
    modes: ['plan'],
  });
  expect(task).toMatchObject(given);
  const plain: TaskDefinition = defineTask({
    prepareWorkerEnv: ({ own }) => ({ A: String(own['a']) }),
  });
  expect(Object.keys(plain)).toEqual(['prepareWorkerEnv']);
});
