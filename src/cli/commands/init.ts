import { dirname, join, relative, resolve } from 'node:path';
import { checkedName, locateProject, tasksIn } from '../../config/locate-project.ts';
import { EXIT } from '../../domain/error.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { chooseAgent } from '../init/choose-agent.ts';
import { hasModule, projectFiles } from '../init/project-files.ts';
import { writeMissing } from '../init/write-missing.ts';
import { readAllLoops, statusesOf } from '../status/all-loops.ts';
import { pathText } from '../tables/path-text.ts';
import { programName } from '../program-name.ts';
import { loopRequest } from '../loop-request.ts';

/** Sets up `.autoloop/` in the current folder: a task, its prompt, a `.gitignore`. What is there stays as it is. */
export const run: RunCommand = async (context, options) => {
  const { globals, cwd, terminal } = context;
  const root = resolve(cwd, globals.root ?? '.autoloop');
  const task = checkedName('task', globals.task ?? 'improve');
  noteOther(context, root);
  await noteLoops(context, root);
  // A task that is there already knows its agent: nothing is left to ask.
  const agent = hasModule(root, task) ? null : await chooseAgent(context, wishOf(context, options));
  const files = projectFiles({ root, task, agent: agent ?? '' }).map((file) => ({
    path: relative(cwd, file.path),
    isNew: writeMissing(file),
  }));
  const next = nextCommands({ context, root, task, agent });
  if (globals.json) {
    const pathsThat = (isNew: boolean): string[] =>
      files.filter((file) => file.isNew === isNew).map(({ path }) => path);
    terminal.write(
      `${JSON.stringify({ root, task, agent, created: pathsThat(true), kept: pathsThat(false), next })}\n`,
    );
    return EXIT.ok;
  }
  for (const { path, isNew } of files) {
    terminal.write(`${isNew ? 'created' : 'exists, left as it is'}  ${path}\n`);
  }
  const prompt = files[1]?.path ?? '';
  terminal.write(
    `\nSay in ${prompt} what the agent is to do. Then:\n\n${next.map((command) => `  ${command}\n`).join('')}`,
  );
  return EXIT.ok;
};

function wishOf(
  { terminal, globals }: CliContext,
  options: CommandOptions,
): { asked: string | null; mayAsk: boolean } {
  const { agent, yes, y } = options;
  const mayAsk =
    terminal.isInteractive && process.stdin.isTTY && !globals.json && yes !== true && y !== true;
  return { asked: typeof agent === 'string' ? agent : null, mayAsk };
}

/** A `.autoloop/` further up would have been found from here until now. */
function noteOther(context: CliContext, root: string): void {
  const before = locateProject({ ...loopRequest(context), root: null }).root;
  const isFurtherUp = before.endsWith('.autoloop') && dirname(before) !== dirname(root);
  if (isFurtherUp) {
    context.terminal.notice(`There is ${before}, too; below ${dirname(root)} the new one wins.`);
  }
}

/** Loops that this folder was the root of until now: they are not found any more where a new root is. */
async function noteLoops(context: CliContext, root: string): Promise<void> {
  const { cwd, globals, terminal } = context;
  const before = locateProject({ ...loopRequest(context), root: null }).root;
  if (globals.root !== null || globals.data !== null || before === root) {
    return;
  }
  // A folder that cannot be read is not what was asked about.
  const loops = statusesOf(await readAllLoops(context).catch(() => []));
  const open = loops.filter(({ running, state }) => running || state !== 'stopped');
  for (const { loop, running, dataDir } of open) {
    const is = running ? 'is running' : 'is unfinished';
    terminal.notice(
      `Loop "${loop}" in ${pathText(dataDir, cwd)} ${is}. From now on it is found with --root ${relative(cwd, before) || '.'}`,
    );
  }
}

interface Done {
  readonly context: CliContext;
  readonly root: string;
  readonly task: string;
  /** null: the task's own. */
  readonly agent: string | null;
}

/** As short as they work: the task is named only where there are several. */
function nextCommands({ context, root, task, agent }: Done): string[] {
  const { globals } = context;
  const words = [
    ...(tasksIn(join(root, 'tasks')).length > 1 ? [`--task ${task}`] : []),
    ...(globals.root === null ? [] : [`--root ${relative(context.cwd, root)}`]),
    ...(agent === 'command' ? ['--agent-command "PROGRAM ARGUMENTS"'] : []),
  ];
  const program = programName(context.environment);
  return ['dry-run', 'run --max 3'].map((command) => [program, command, ...words].join(' '));
}
