import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { resolvePrompt } from '../../src/task/resolve-prompt.ts';
import { contextOf } from '../task/context-of.ts';
import { scratch } from '../task/scratch.ts';
import { useTask } from '../task/use-task.ts';

const PLACE = {
  name: 'prompt',
  root: '/nowhere',
  shippedDir: fileURLToPath(new URL('../../tasks', import.meta.url)),
};

it('tells the agent of the report, and leaves everything else to the prompt', () => {
  const parts = { basePrompt: '# Do it\n', summary: '', prefix: '', notes: [] };
  const { results } = useTask(PLACE, [{ hook: 'buildHelperContext', context: contextOf({}) }]);
  const helperContext = results[0]?.value;
  const composed = useTask(PLACE, [
    { hook: 'buildPrompt', context: { ...contextOf({}), ...parts, helperContext } },
  ]);
  expect(composed.results[0]?.value).toMatch(
    /^End your last message with a report: .*\n\n# Do it\n$/s,
  );
});

it('asks for a prompt file where none was named', () => {
  const { task } = useTask(PLACE);
  expect(() => resolvePrompt({ task, promptFile: null, candidates: null })).toThrow(
    /Task "prompt" has no prompt\. Tried: /,
  );
  const promptFile = join(scratch({ 'P.md': 'x' }), 'P.md');
  expect(resolvePrompt({ task, promptFile, candidates: null })).toEqual({
    file: promptFile,
    text: 'x',
  });
});
