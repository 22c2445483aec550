import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { listTasks } from '../tasks/list-tasks.ts';
import { newTask } from '../tasks/new-task.ts';
import { validateTasks } from '../tasks/validate-tasks.ts';

/** The tasks there are; a new one; whether they are right. Starts nothing. */
export const run: RunCommand = async (context, _options, args) => {
  const [name = 'list', ...rest] = args;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action || !action.takes.includes(rest.length)) {
    throw wrongUse(name, action?.usage ?? null);
  }
  return action.run(context, rest[0] ?? null);
};

interface Action {
  /** How many words may follow. */
  readonly takes: readonly number[];
  readonly usage: string;
  readonly run: (context: CliContext, name: string | null) => number | Promise<number>;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: { takes: [0], usage: 'autoloop tasks list', run: listTasks },
  new: { takes: [1], usage: 'autoloop tasks new polish', run: newTask },
  validate: { takes: [0, 1], usage: 'autoloop tasks validate polish', run: validateTasks },
};

function wrongUse(name: string, usage: string | null): AutoloopError {
  return new AutoloopError({
    code: EXIT.usage,
    message:
      usage === null
        ? `There is no "autoloop tasks ${name}".`
        : `"autoloop tasks ${name}" takes other arguments.`,
    fix: usage === null ? `Choose one of: ${Object.keys(ACTIONS).join(', ')}.` : `As in: ${usage}`,
  });
}
