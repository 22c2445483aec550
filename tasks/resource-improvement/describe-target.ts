import { join } from 'node:path';
import {
  describeCommands,
  describePrd,
  describeRecord,
  readHistory,
  readPrd,
  type TaskContext,
} from 'autoloop/task';
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

${commandsFor(context, service)}`;
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

function commandsFor(context: TaskContext<ResourceSettings>, { name }: Service): string {
  const { list, status, start, validate } = context.own;
  const others = { 'which services there are': list, 'what runs': status };
  return describeCommands(context, { target: name, start, validate, others });
}
