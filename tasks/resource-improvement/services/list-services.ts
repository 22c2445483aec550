import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandFor, foldersIn, runCommand, type TaskContext } from 'autoloop/task';
import type { ResourceSettings } from '../settings.ts';
import { containerIn, parseServices, servicesIn } from './parse-services.ts';
import type { ListedService } from './read-service.ts';

type Context = TaskContext<ResourceSettings>;

/**
 * The services there are: from the command or the file that was set, else from the first of `.vrooli/service.json`,
 * `resources.json` and the folders that has any. Throws where there are none, saying what was looked for and what to set.
 */
export async function listServices(context: Context): Promise<readonly ListedService[]> {
  const { list, file } = context.own;
  if (list !== '') {
    return fromCommand(context);
  }
  if (file !== '') {
    return fromNamedFile(context);
  }
  const sources = [fromServiceJson, fromResourcesJson, fromFolders];
  const found: string[] = [];
  for (const read of sources) {
    const source = await read(context);
    if (source.services.length > 0) {
      return source.services;
    }
    found.push(source.found);
  }
  throw new Error(
    `no services were found in ${context.workspace}: ${found.join(', ')}. Say where they are: --task-settings folder=services, file=PATH or list="COMMAND THAT PRINTS THEM"`,
  );
}

async function fromCommand({ own, workspace, signal }: Context): Promise<readonly ListedService[]> {
  const call = { argv: commandFor(own.list, ''), cwd: workspace, signal };
  const { stdout, problem } = await runCommand({ ...call, timeoutMs: own.commandTimeout * 1000 });
  if (problem !== null) {
    throw new Error(`the command of the setting "list" (${own.list}) ${problem}`);
  }
  const what = `what the command of the setting "list" (${own.list}) printed`;
  return someOf(
    understood(what, () => parseServices(stdout)),
    `${what} names no service`,
  );
}

async function fromNamedFile({ own, workspace }: Context): Promise<readonly ListedService[]> {
  const text = await readFile(join(workspace, own.file), 'utf8').catch(() => null);
  if (text === null) {
    throw new Error(`the setting "file" names ${own.file}, which cannot be read in ${workspace}`);
  }
  const services = understood(own.file, () => parseServices(text));
  return someOf(services, `the setting "file" names ${own.file}, which holds no service`);
}

interface Source {
  readonly services: readonly ListedService[];
  /** What stands there where there are none. */
  readonly found: string;
}

/** It holds other things, too: what is not among its resources is no service. */
async function fromServiceJson(context: Context): Promise<Source> {
  const path = '.vrooli/service.json';
  return fromFile(context, path, (text) => servicesIn(containerIn(JSON.parse(text))));
}

async function fromResourcesJson(context: Context): Promise<Source> {
  return fromFile(context, 'resources.json', parseServices);
}

async function fromFile(
  { workspace }: Context,
  path: string,
  parse: (text: string) => ListedService[],
): Promise<Source> {
  const text = await readFile(join(workspace, path), 'utf8').catch(() => null);
  return text === null
    ? { services: [], found: `there is no ${path}` }
    : { services: understood(path, () => parse(text)), found: `${path} holds none` };
}

async function fromFolders({ own, workspace }: Context): Promise<Source> {
  const names = await foldersIn(join(workspace, own.folder));
  const found = names === null ? `there is no ${own.folder}/` : `${own.folder}/ holds no folder`;
  return { services: servicesIn(names), found };
}

function understood(what: string, parse: () => ListedService[]): ListedService[] {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${what} is not understood: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

function someOf(services: readonly ListedService[], otherwise: string): readonly ListedService[] {
  if (services.length === 0) {
    throw new Error(otherwise);
  }
  return services;
}
