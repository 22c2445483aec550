import { lstatSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkedName } from '../../config/locate-project.ts';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CliContext } from '../cli-context.ts';
import { writeMissing } from '../init/write-missing.ts';
import { programName } from '../program-name.ts';
import { knownTasks } from './known-tasks.ts';
import { newTaskFiles } from './new-task-files.ts';

/** Writes a task that works as it stands, to be made one's own. Nothing that is there is written over. */
export function newTask(context: CliContext, asked: string | null): number {
  const { cwd, terminal, globals, environment } = context;
  const name = checkedName('task', asked ?? '');
  const { root, project } = knownTasks(context);
  const folder = join(root, 'tasks', name);
  if (lstatSync(folder, { throwIfNoEntry: false })) {
    throw new AutoloopError({
      code: EXIT.configuration,
      message: `There is a task "${name}" already, or something of its name: ${folder}.`,
      fix: 'Choose another name, or edit what is there.',
    });
  }
  const created = newTaskFiles(folder, name).map((file) => {
    writeMissing(file);
    return relative(cwd, file.path);
  });
  const words = [
    ...(project.length > 0 ? [`--task ${name}`] : []),
    ...(globals.root === null ? [] : [`--root ${relative(cwd, root) || '.'}`]),
  ];
  const program = programName(environment);
  const next = [
    `${program === 'autoloop' ? '' : `AUTOLOOP=${program} `}node --test ${relative(cwd, join(folder, 'task.test.mjs'))}`,
    [program, 'dry-run', ...words].join(' '),
    [program, 'run --max 1', ...words].join(' '),
  ];
  terminal.write(
    globals.json
      ? `${JSON.stringify({ task: name, directory: folder, created, next })}\n`
      : `${created.map((path) => `created  ${path}\n`).join('')}\nEdit them. Then:\n\n${next.map((command) => `  ${command}\n`).join('')}`,
  );
  return EXIT.ok;
}
