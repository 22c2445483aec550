import { join } from 'node:path';
import { describePrd, describeRecord, readHistory, readPrd, type TaskContext } from 'autoloop/task';
import { stateOf } from './offer.ts';
import type { Service } from './services/find-services.ts';
import type { ResourceSettings } from './settings.ts';

/** What a worker is told of its service, and the commands there are for it. */
export async function describeTarget(
  context: TaskContext<ResourceSettings>,
  service: Service,
): Promise<string> {
  const { iteration, workspace } = context;
  const record = (await readHistory(context)).get(service.name);
  const { folder } = service;
  const prd = folder === null ? [] : [describePrd(await readPrd(join(workspace, folder)))];
  const facts = [
    `state: ${stateWords(service)}`,
    ...(service.category === null ? [] : [`category: ${service.category}`]),
    `folder: ${folder ?? 'it has none of its own'}`,
    `last time: ${describeRecord(record)}`,
    ...prd,
  ];
  return `# This iteration (${iteration}): the service \`${service.name}\`

${facts.map((fact) => `* ${fact.replaceAll('\n', '\n  ')}`).join('\n')}

${cheatSheet(context, service)}`;
}

function stateWords(service: Service): string {
  const { state } = service;
  const words = WORDS[stateOf(service)](service);
  return state === null || words.includes(state) ? words : `${words} (${state})`;
}

const WORDS = {
  down: () => 'enabled, and not running as it should',
  running: ({ running }: Service) =>
    running === null ? 'enabled; nobody tells whether it runs' : 'running',
  disabled: ({ running }: Service) =>
    `disabled${running === true ? ', but running' : ''}; leave it disabled`,
};

function cheatSheet({ own, settings }: TaskContext<ResourceSettings>, { name }: Service): string {
  const call = (command: string): string => `\`${command.replaceAll('{target}', () => name)}\``;
  const lines = [
    ...(own.list === '' ? [] : [`which services there are: ${call(own.list)}`]),
    ...(own.status === '' ? [] : [`what runs: ${call(own.status)}`]),
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
