import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fewAtOnce, namesIn, type TaskContext } from 'autoloop/task';
import type { ResourceSettings } from '../settings.ts';
import { listServices } from './list-services.ts';
import { liveStatus, type LiveStatus } from './live-status.ts';
import type { ListedService } from './read-service.ts';

export interface Service {
  readonly name: string;
  readonly enabled: boolean;
  /** null: not known. false as well where it runs and is ill. */
  readonly running: boolean | null;
  readonly state: string | null;
  readonly category: string | null;
  /** Relative to the workspace; null: it has no folder there. */
  readonly folder: string | null;
}

type Context = TaskContext<ResourceSettings>;

/** The services to work on, as their list tells of them. Throws where there are none. */
export async function listedServices(context: Context): Promise<Service[]> {
  return withFolders(context, await chosenOf(context), null);
}

/** The same with what is known right now: what the live status says wins over what the list says. Throws likewise. */
export async function findServices(context: Context): Promise<Service[]> {
  const listed = await chosenOf(context);
  const names = namesOf(listed);
  return withFolders(context, listed, await liveStatus(context, { names, wanted: names }));
}

/** One of them; undefined: it is not among them any more. Throws likewise. */
export async function findService(context: Context, name: string): Promise<Service | undefined> {
  const listed = await chosenOf(context);
  const wanted = listed.filter((service) => service.name === name);
  const names = { names: namesOf(listed), wanted: namesOf(wanted) };
  const live = wanted.length === 0 ? null : await liveStatus(context, names);
  return (await withFolders(context, wanted, live))[0];
}

async function chosenOf(context: Context): Promise<readonly ListedService[]> {
  return chosen(await listServices(context), namesIn(context.own.only));
}

function namesOf(services: readonly ListedService[]): string[] {
  return services.map(({ name }) => name);
}

async function withFolders(
  { own, workspace }: Context,
  listed: readonly ListedService[],
  live: LiveStatus | null,
): Promise<Service[]> {
  return fewAtOnce(listed, async (service) => ({
    ...withStatus(service, live?.get(service.name) ?? null),
    folder: await folderOf(workspace, own.folder, service.name),
  }));
}

function chosen(
  listed: readonly ListedService[],
  only: readonly string[],
): readonly ListedService[] {
  const among = only.length === 0 ? listed : listed.filter(({ name }) => only.includes(name));
  const strange = only.find((name) => !listed.some((service) => service.name === name));
  if (strange !== undefined) {
    const names = listed.map(({ name }) => name).join(', ');
    throw new Error(`the setting "only" names "${strange}", which is none of: ${names}`);
  }
  return among;
}

function withStatus(listed: ListedService, live: ListedService | null): Omit<Service, 'folder'> {
  const seen = live ?? listed;
  return {
    name: listed.name,
    enabled: live?.enabled ?? listed.enabled ?? true,
    running: seen.running,
    state: seen.state,
    category: listed.category ?? seen.category,
  };
}

/** Only right below: a name may be anything. */
async function folderOf(workspace: string, folder: string, name: string): Promise<string | null> {
  const path = join(folder, name);
  const isPlain = !name.includes('/') && name !== '.' && name !== '..';
  const found = isPlain ? await stat(join(workspace, path)).catch(() => null) : null;
  return found?.isDirectory() ? path : null;
}
