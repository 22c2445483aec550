import { describeOwnSettings, type OwnSettingFacts } from '../../task/describe-own-settings.ts';
import type { CliContext } from '../cli-context.ts';
import { loadNamed } from './load-named.ts';
import { paintFor } from '../tables/paint.ts';
import { renderTable, type Column } from '../tables/table.ts';
import { oneLine } from '../tables/text-width.ts';
import { valueText } from '../tables/value-text.ts';

/** The own settings of the task that was named with `--task`; null: none was named. Throws AutoloopError 150. */
export async function ownSettingFacts(
  context: CliContext,
): Promise<readonly OwnSettingFacts[] | null> {
  const name = context.globals.task;
  if (name === null) {
    return null;
  }
  const task = await loadNamed(context, name);
  return task.definition.settings ? describeOwnSettings(task.definition.settings) : [];
}

export function ownSettingsTable(
  { terminal, globals }: CliContext,
  facts: readonly OwnSettingFacts[] | null,
): string {
  if (facts === null || globals.task === null) {
    return '';
  }
  if (facts.length === 0) {
    return `\nTask ${globals.task} has no settings of its own.\n`;
  }
  const paint = paintFor(terminal);
  const columns: Column<OwnSettingFacts>[] = [
    { title: 'SETTING', cell: ({ name }) => oneLine(name) },
    { title: 'TYPE', cell: ({ type }) => oneLine(type ?? '–') },
    { title: 'DEFAULT', cell: ({ fallback }) => oneLine(valueText(fallback)), shrinks: true },
    { title: 'WHAT IT IS', cell: (row) => oneLine(row.description ?? ''), shrinks: true },
  ];
  const table = renderTable(columns, facts, { columns: terminal.columns, heading: paint.bold });
  return `\nOf task ${globals.task}, set by --task-settings:\n\n${table}`;
}
