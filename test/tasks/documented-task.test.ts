import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contextOf } from '../task/context-of.ts';
import { scratch } from '../task/scratch.ts';
import { useTask } from '../task/use-task.ts';

const PAGE = new URL('../../docs/writing-a-task.md', import.meta.url);

it('is a task that works, in docs/writing-a-task.md', () => {
  const code = /^```ts\n(.*?)^```$/ms.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  const root = scratch({ 'tasks/todo/task.ts': code, 'TODO.md': '- [x] a\n- [ ] b\n- [ ] c\n' });
  const context = { ...contextOf({ workspace: root, iteration: 2, target: 'b' }) };
  const { task, results } = useTask({ name: 'todo', root, shippedDir: join(root, 'none') }, [
    { hook: 'selectTarget', context },
    { hook: 'buildHelperContext', context },
    { hook: 'isComplete', context },
    { hook: 'measure', context },
  ]);
  expect(task.definition).toContain('defaults');
  expect(results[0]?.value).toMatchObject({
    target: 'b',
    candidates: [{ name: 'b' }, { name: 'c' }],
  });
  expect(results[2]).toEqual({ ok: true, value: false });
  expect(results[3]?.value).toEqual({ prd: { done: 1, total: 3 } });
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(20);
  expect(results[1]?.value).toMatch(
    /^Iteration 2\. Do this line of TODO\.md and check it off: b\n\nEnd your last message/,
  );
});
