import { commandFor, fewAtOnce, runCommand, type TaskContext } from 'autoloop/task';
import type { ResourceSettings } from '../settings.ts';
import { parseServices } from './parse-services.ts';
import { readService, type ListedService } from './read-service.ts';

type Context = TaskContext<ResourceSettings>;
export type LiveStatus = ReadonlyMap<string, ListedService>;

/**
 * What runs right now, as the command of the setting `status` tells; null: there is none, or nothing can be made of what
 * it says, which is logged. With `{target}` in it, it is asked for each service, and those it did not come to are not told.
 */
export async function liveStatus(
  context: Context,
  { names, wanted }: { readonly names: readonly string[]; readonly wanted: readonly string[] },
): Promise<LiveStatus | null> {
  const { status } = context.own;
  if (status === '') {
    return null;
  }
  return status.includes('{target}') ? askForEach(context, wanted) : askForAll(context, names);
}

async function askForAll(context: Context, names: readonly string[]): Promise<LiveStatus | null> {
  const { status } = context.own;
  const told = (problem: string): null => {
    context.log(`The status command (${status}) ${problem}: what runs is not known.`);
    return null;
  };
  const { stdout, problem } = await ask(context, '');
  if (problem !== null) {
    return told(problem);
  }
  try {
    const live = new Map(parseServices(stdout).map((service) => [service.name, service]));
    const missing = names.filter((name) => !live.has(name));
    if (missing.length === names.length) {
      return told('told of none of the services');
    }
    // Who lists what runs leaves out what does not.
    const absent = missing.flatMap((name) => readService(name, 'not running', null));
    return new Map([...live, ...absent.map((service) => [service.name, service] as const)]);
  } catch (error) {
    return told(`is not understood: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const AT_ONCE = 4;
/** With the list before them and the last of them, they stay within the 60 seconds of a hook. */
const ALL_TOGETHER_MS = 20_000;

async function askForEach(context: Context, names: readonly string[]): Promise<LiveStatus> {
  const live = new Map<string, ListedService>();
  const giveUpAt = performance.now() + ALL_TOGETHER_MS;
  const askInTime = async (name: string): Promise<void> => {
    if (performance.now() < giveUpAt) {
      (await askFor(context, name)).forEach((service) => live.set(service.name, service));
    }
  };
  await fewAtOnce(names, askInTime, AT_ONCE);
  if (live.size < names.length) {
    context.log(`${names.length - live.size} services were not asked for their status in time.`);
  }
  return live;
}

/** Its exit code counts, as that of `systemctl is-active`; where it is 0, also what it says. */
async function askFor(context: Context, name: string): Promise<readonly ListedService[]> {
  const { exitCode, stdout, problem } = await ask(context, name);
  if (exitCode === null) {
    context.log(`The status of ${name}: its command ${problem}.`);
    return readService(name, null, null);
  }
  const said = stdout.trim();
  const facts = saidOf(said);
  const running = exitCode === 0 ? (facts?.running ?? true) : false;
  const state = facts?.state ?? (exitCode === 0 ? null : `exit code ${exitCode}`);
  return readService(name, null, null).map((service) => ({ ...service, running, state }));
}

/** JSON of one service, or a line of words. */
function saidOf(said: string): Pick<ListedService, 'running' | 'state'> | null {
  const [line = ''] = said.split('\n');
  if (!said.startsWith('{')) {
    return line === '' ? null : (readService('it', line, null)[0] ?? null);
  }
  try {
    return readService('it', JSON.parse(said), null)[0] ?? null;
  } catch {
    return null;
  }
}

function ask({ own, workspace, signal }: Context, name: string) {
  const argv = commandFor(own.status, name);
  return runCommand({ argv, cwd: workspace, signal, timeoutMs: own.commandTimeout * 1000 });
}
