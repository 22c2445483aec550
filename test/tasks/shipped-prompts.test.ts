import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { reportInstructions } from '../../src/task/report-instructions.ts';
import { resolvePrompt } from '../../src/task/resolve-prompt.ts';
import { settings as resource } from '../../tasks/resource-improvement/settings.ts';
import { settings as scenario } from '../../tasks/scenario-improvement/settings.ts';
import { contextOf } from '../task/context-of.ts';
import { scratch } from '../task/scratch.ts';
import { useTask } from '../task/use-task.ts';

const SHIPPED = fileURLToPath(new URL('../../tasks', import.meta.url));
/** Of prose and code about so many characters are a token. */
const CHARACTERS = 3.5;

describe.each([
  ['resource-improvement', 'resources', resource.parse({ validate: 'make check-{target}' })],
  ['scenario-improvement', 'scenarios', scenario.parse({ validate: 'make check-{target}' })],
])('the prompt of %s', (name, folder, own) => {
  const place = { name, root: '/nowhere', shippedDir: SHIPPED };

  it('is short, with all that the task puts before it', () => {
    const prd = Array.from({ length: 40 }, (_, at) => `- [ ] P${at % 3} ${'word '.repeat(60)}\n`);
    const workspace = scratch({ [`${folder}/shop/PRD.md`]: prd.join('') });
    const dataDir = scratch();
    const context = { ...contextOf({ workspace, dataDir, target: 'shop', iteration: 4 }), own };
    const { task, results } = useTask(place, [{ hook: 'buildHelperContext', context }]);
    const helper = String(results[0]?.value);
    expect(helper).toMatch(/^# This iteration \(4\): the \w+ `shop`\n/);
    expect(helper).toContain('your work has to pass: `make check-shop`');
    expect(helper.endsWith(reportInstructions)).toBe(true);
    const { text } = resolvePrompt({ task, promptFile: null, candidates: null });
    expect((helper.length + text.length) / CHARACTERS).toBeLessThan(2000);
  });

  it('says what becomes of what a worker starts', () => {
    const { task } = useTask(place);
    const { text, file } = resolvePrompt({ task, promptFile: null, candidates: null });
    expect(file).toBe(join(SHIPPED, name, 'prompts', `${name}.md`));
    expect(text).toContain('**Everything you start ends with you**');
    expect(text).toContain('One iteration is one outcome');
  });

  it('loads, with settings, targets and gates', () => {
    const { task, error } = useTask(place);
    expect(error).toBe(undefined);
    expect(task.definition).toEqual(expect.arrayContaining(['settings', 'targets', 'gates']));
  });
});
