import { join } from 'node:path';
import {
  describeCommands,
  describePrd,
  describeRecord,
  readHistory,
  readPrd,
  type TaskContext,
} from 'autoloop/task';
import type { Scenario } from './find-scenarios.ts';
import type { ScenarioSettings } from './settings.ts';

/** What a worker is told of its scenario, and the commands there are for it. */
export async function describeTarget(
  context: TaskContext<ScenarioSettings>,
  { name, folder }: Scenario,
): Promise<string> {
  const { iteration, own, workspace } = context;
  const record = (await readHistory(context)).get(name);
  const facts = [
    `folder: ${folder}`,
    `last time: ${describeRecord(record)}`,
    ...(own.goals === '' ? [] : [`goals of this loop: ${own.goals}`]),
    describePrd(await readPrd(join(workspace, folder))),
  ];
  return `# This iteration (${iteration}): the scenario \`${name}\`

${facts.map((fact) => `* ${fact.replaceAll('\n', '\n  ')}`).join('\n')}

${describeCommands(context, { target: name, start: own.start, validate: own.validate })}`;
}
