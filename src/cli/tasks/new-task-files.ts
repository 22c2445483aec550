import { join } from 'node:path';
import type { ProjectFile } from '../init/project-files.ts';

/** A whole task: what is worked on, with which prompt, and a test that it is so. */
export function newTaskFiles(folder: string, name: string): ProjectFile[] {
  return [
    { path: join(folder, 'task.ts'), text: MODULE },
    { path: join(folder, 'prompts', `${name}.md`), text: PROMPT },
    { path: join(folder, 'task.test.mjs'), text: test(name) },
  ];
}

const MODULE = `import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineTask, parsePrd, prdCompletion, reportInstructions } from 'autoloop/task';

// Every hook and default is optional; docs/writing-a-task.md of autoloop tells of all of them.
export default defineTask({
  description: 'Works through the checkboxes of TODO.md, one per iteration',

  // Settings, named as their flags. Flags and environment win over them.
  defaults: { interval: 60, maxTurns: 40 },

  // What this iteration works on. null: nothing is left, no agent is started.
  async selectTarget({ workspace }) {
    const open = (await items(workspace)).filter((item) => !item.done);
    return { target: open[0]?.text ?? null, candidates: open.map((item) => item.text) };
  },

  // Put before the prompt: what this iteration is about, and how to report what was done.
  buildHelperContext: ({ target }) =>
    \`Work on this item of TODO.md: \${target}\\n\\n\${reportInstructions}\`,

  // true ends the run: all is done, whatever the agent says.
  isComplete: async ({ workspace }) => (await items(workspace)).every((item) => item.done),

  // For the figures of \`autoloop json summary\`.
  measure: async ({ workspace }) => ({ prd: prdCompletion(await items(workspace)) }),
});

async function items(workspace: string) {
  return parsePrd(await readFile(join(workspace, 'TODO.md'), 'utf8'));
}
`;

const PROMPT = `# One item of TODO.md

1. Do the item named above, and nothing else.
2. Check it: run the tests, the linter, the program itself.
3. Check the item off in TODO.md when it is done.

Leave alone what you were not asked to change. Do not commit or push.
`;

function test(name: string): string {
  return `import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

// node --test; autoloop is looked for on PATH, else: AUTOLOOP=path/to/autoloop node --test
const root = join(import.meta.dirname, '..', '..');
const workspace = mkdtempSync(join(tmpdir(), 'task-'));
after(() => rmSync(workspace, { recursive: true }));

// What the next iteration would do with this TODO.md. No agent is started.
function plan(todo) {
  writeFileSync(join(workspace, 'TODO.md'), todo);
  const places = ['--root', root, '--workspace', workspace, '--data', join(workspace, 'data')];
  const words = ['dry-run', '--task', '${name}', '--json', ...places];
  return JSON.parse(execFileSync(process.env.AUTOLOOP ?? 'autoloop', words, { encoding: 'utf8' }));
}

test('chooses the first open item, and tells the agent', () => {
  const { target, prompt } = plan('- [x] first\\n- [ ] second\\n- [ ] third\\n');
  assert.equal(target, 'second');
  assert.match(prompt, /Work on this item of TODO\\.md: second/);
});

test('starts no agent when nothing is left', () => {
  const { argv, skip } = plan('- [x] first\\n');
  assert.equal(argv, null);
  assert.equal(skip.outcome, 'no_change');
});
`;
}
