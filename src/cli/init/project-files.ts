import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A file `init` sets up. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

export interface ProjectRequest {
  /** The folder that holds `tasks/`. */
  readonly root: string;
  readonly task: string;
  readonly agent: string;
}

/** What a project needs for its first loop. A task that is there already is taken as it is. */
export function projectFiles({ root, task, agent }: ProjectRequest): ProjectFile[] {
  const folder = join(root, 'tasks', task);
  return [
    { path: moduleIn(folder) ?? join(folder, 'task.mjs'), text: taskModule(agent) },
    { path: join(folder, 'prompts', `${task}.md`), text: PROMPT },
    { path: join(root, '.gitignore'), text: 'data/\n' },
  ];
}

export function hasModule(root: string, task: string): boolean {
  return moduleIn(join(root, 'tasks', task)) !== null;
}

function moduleIn(folder: string): string | null {
  return MODULES.map((name) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A folder may hold but one of them. */
const MODULES = ['task.ts', 'task.mts', 'task.mjs', 'task.js', 'task.sh'];

function taskModule(agent: string): string {
  return `import { defineTask, reportInstructions } from 'autoloop/task';

// Every hook and default is optional; docs/writing-a-task.md of autoloop tells what there is.
export default defineTask({
  description: 'Improves this project, one small step per iteration',
  defaults: { agent: '${agent}', interval: 60, maxTurns: 40 },

  // What the agent gets before the prompt: how to report what it did.
  buildHelperContext: () => reportInstructions,
});
`;
}

const PROMPT = `# Improve this project, one small step

1. Look at the project, and at the summary of former iterations where there is one.
2. Choose one small improvement that is worth it: a bug, a missing test, an unclear page. One only.
3. Make it. Keep to the style that is there.
4. Check it: run the tests, the linter, the program itself.
5. Report what you changed. Where nothing is left that is worth doing, report \`complete\`.

Leave alone what you were not asked to change. Do not commit or push.
`;
