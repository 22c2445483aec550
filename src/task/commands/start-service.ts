import { runCommand } from './run-command.ts';

export interface ServiceStart {
  readonly name: string;
  /** Program and arguments; never through a shell. */
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** The hook's: its `services/` remembers what was started. */
  readonly dataDir: string;
  /** So long it is looked whether it ends by itself. Default 3000. */
  readonly watchMs?: number;
  readonly signal: AbortSignal;
}

/**
 * `started`: it ended with exit code 0, as who starts something in the background does. `stays`: it runs on, and is the
 * service. `runs`: what was started before still lives, and nothing was started.
 */
export type ServiceStarted =
  | { readonly how: 'started' | 'stays' | 'runs' }
  | { readonly how: 'failed'; readonly problem: string };

/**
 * Makes sure that a service runs which is to outlive its worker: starts it in a session of its own, outside of the
 * worker's tree, unless the process that an earlier call has started still lives. Nothing of what it prints is kept.
 * Autoloop never ends it. Never throws.
 */
export async function startService(start: ServiceStart): Promise<ServiceStarted> {
  try {
    return (await isLiving(start)) ? { how: 'runs' } : await launch(start);
  } catch (error) {
    return { how: 'failed', problem: `cannot be started: ${String(error)}` };
  }
}

async function launch(start: ServiceStart): Promise<ServiceStarted> {
  const { spawn } = await import('node:child_process');
  const child = spawn('sh', ['-c', WHEN_TOLD, 'start', ...start.argv], {
    ...{ cwd: start.cwd, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  });
  const { promise, resolve } = Promise.withResolvers<ServiceStarted>();
  child.once('error', ({ message }) =>
    resolve({ how: 'failed', problem: `cannot be started: ${message}` }),
  );
  child.once('exit', (code, by) => {
    const problem = code === null ? `was ended by ${by}` : exitProblem(start, code);
    resolve(code === 0 ? { how: 'started' } : { how: 'failed', problem });
  });
  child.stdin.on('error', () => {});
  try {
    await remember(start, child.pid);
  } catch (error) {
    child.stdin.destroy();
    throw error;
  }
  child.stdin.end('\n');
  const leave = (): void => resolve({ how: 'stays' });
  const timer = setTimeout(leave, start.watchMs ?? WATCH_MS);
  start.signal.addEventListener('abort', leave, { once: true });
  if (start.signal.aborted) {
    leave();
  }
  const started = await promise;
  clearTimeout(timer);
  start.signal.removeEventListener('abort', leave);
  child.unref();
  return started;
}

const WATCH_MS = 3_000;

/** It becomes the command once it is remembered; where the runner dies before that, it ends and has started nothing. */
const WHEN_TOLD = 'read -r told && exec "$@" < /dev/null';

function exitProblem({ argv: [program] }: ServiceStart, code: number): string {
  if (code === 127) {
    return `cannot be started: there is no ${program}`;
  }
  return code === 126
    ? `cannot be started: ${program} is no program`
    : `ended with exit code ${code}`;
}

async function remember(start: ServiceStart, pid: number | undefined): Promise<void> {
  const began = pid === undefined ? null : await beginningOf(start, pid);
  if (began !== null) {
    const { mkdir, rename, writeFile } = await import('node:fs/promises');
    const file = await fileOf(start);
    await mkdir(`${start.dataDir}/services`, { recursive: true, mode: 0o700 });
    await writeFile(`${file}.new`, `${JSON.stringify({ pid, began })}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}

async function isLiving(start: ServiceStart): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(await fileOf(start), 'utf8').catch(() => '{}');
  const known: unknown = parsed(text);
  const pid: unknown = Reflect.get(Object(known), 'pid');
  const began: unknown = Reflect.get(Object(known), 'began');
  return typeof pid === 'number' && began === (await beginningOf(start, pid)) && began !== null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A service's name may be none of a file. */
async function fileOf({ dataDir, name }: ServiceStart): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${dataDir}/services/${hash}.json`;
}

/** When that process began: with its pid it is known for ever. null: nobody has this pid, or only remains. */
async function beginningOf(start: ServiceStart, pid: number): Promise<string | null> {
  const { readFile } = await import('node:fs/promises');
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    const [state = 'X', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return stat === '' || /[ZXx]/.test(state) ? null : `${boot.trim()} ${fields[18]}`;
  }
  const argv = ['ps', '-o', 'lstart=', '-p', String(pid)];
  const asked = await runCommand({ ...start, argv, cwd: '/', timeoutMs: 5_000 });
  return asked.problem === null && asked.stdout.trim() !== '' ? asked.stdout.trim() : null;
}
