import { join } from 'node:path';
import { describePrd, describeRecord, readHistory, readPrd, type TaskContext } from 'autoloop/task';
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

${cheatSheet(context, name)}`;
}

function cheatSheet({ own, settings }: TaskContext<ScenarioSettings>, name: string): string {
  const call = (command: string): string => `\`${command.replaceAll('{target}', () => name)}\``;
  const lines = [
    ...(own.start === ''
      ? []
      : [`start: ${call(own.start)}; after good work the loop does it itself`]),
    ...(own.validate === ''
      ? []
      : [`your work has to pass: ${call(own.validate)}; the loop runs it after you`]),
    'what you have changed: `git status --short`, `git diff`',
    ...(settings.mode === 'plan' ? ['mode plan: look and report; change nothing'] : []),
  ];
  return `Commands and rules of this loop:\n\n${lines.map((line) => `* ${line}`).join('\n')}`;
}
