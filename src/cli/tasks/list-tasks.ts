import { describeError, EXIT } from '../../domain/error.ts';
import { describeGates } from '../../task/describe-gates.ts';
import { hasHook, HOOK_NAMES } from '../../task/task.ts';
import type { CliContext } from '../cli-context.ts';
import { paintFor } from '../tables/paint.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import { knownTasks } from './known-tasks.ts';
import { loadNamed } from './load-named.ts';

/** What `tasks list --json` prints of each. */
interface ListedTask {
  readonly name: string;
  readonly shipped: boolean;
  readonly description: string | null;
  /** Absolute; null: it cannot be loaded. */
  readonly file: string | null;
  readonly hooks: readonly string[];
  /** Names of what its work has to pass; null: a function of it says which. */
  readonly gates: readonly string[] | null;
  /** Why it cannot be loaded. */
  readonly problem: string | null;
}

/** Every task that `--task` takes, the project's own first. One that cannot be loaded is listed with the reason. */
export async function listTasks(context: CliContext): Promise<number> {
  const { terminal, globals } = context;
  const known = knownTasks(context);
  const tasks: ListedTask[] = [];
  // One after the other: what a module does while it is loaded must not meet another's.
  for (const name of [...known.project, ...known.shipped]) {
    tasks.push(await look(context, { name, shipped: known.shipped }));
  }
  terminal.write(globals.json ? `${JSON.stringify(tasks)}\n` : table(context, tasks));
  return EXIT.ok;
}

/** A module that never ends being loaded does not keep the others from being listed. */
const TIMEOUT_MS = 5_000;

async function look(
  context: CliContext,
  { name, shipped }: { name: string; shipped: readonly string[] },
): Promise<ListedTask> {
  try {
    const task = await loadNamed(context, name, { timeoutMs: TIMEOUT_MS });
    return {
      ...{ name, shipped: task.shipped, file: task.file, problem: null },
      description: task.definition.description ?? null,
      hooks: HOOK_NAMES.filter((hook) => hasHook(task, hook)),
      gates: describeGates(task, '.')?.map((gate) => gate.name) ?? null,
    };
  } catch (error) {
    const { message: problem } = describeError(error);
    const nothing = { description: null, file: null, hooks: [], gates: [] };
    return { name, shipped: shipped.includes(name), ...nothing, problem };
  }
}

function table({ terminal }: CliContext, tasks: readonly ListedTask[]): string {
  const paint = paintFor(terminal);
  const columns: Column<ListedTask>[] = [
    { title: 'TASK', cell: ({ name }) => name, paint: (cell) => paint.bold(cell) },
    { title: 'FROM', cell: ({ shipped }) => (shipped ? 'autoloop' : 'project') },
    {
      title: 'WHAT IT DOES',
      cell: ({ description, problem }) =>
        oneLine(problem === null ? (description ?? '–') : `cannot be loaded: ${problem}`),
      shrinks: true,
    },
    { title: 'GATES', cell: ({ gates }) => gateCount(gates), right: true },
  ];
  return renderTable(columns, tasks, { columns: terminal.columns, heading: paint.dim });
}

function gateCount(gates: ListedTask['gates']): string {
  if (gates === null) {
    return 'function';
  }
  return gates.length === 0 ? '–' : String(gates.length);
}
