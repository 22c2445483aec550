import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { AgentRequest } from '../../../src/agents/agent.ts';
import { opencode } from '../../../src/agents/opencode/opencode.ts';
import type { Script } from '../../mocks/messages-api/script.ts';
import { startMessagesApi } from '../../mocks/messages-api/start-messages-api.ts';
import type { RecordedRun } from '../recorder.ts';
import { cleanRun } from './clean-run.ts';
import { findOpencode } from './find-opencode.ts';
import { makeHome, opencodeEnv, writeConfig, type OpencodeHome } from './opencode-home.ts';

/** What one recording is about. */
export interface Play {
  /** The model's side of it; or the name of a built-in scenario of the mock. */
  readonly script: Script | string;
  /** What autoloop asks of the plan beside the usual. */
  readonly request?: Partial<AgentRequest>;
  /** Behind the arguments of the plan. */
  readonly args?: readonly string[];
  /** The user's own configuration: of the provider, and beside it. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly signal?: Ending;
  /** A first run in the same session, whose script this is. */
  readonly before?: Script;
}

export interface Ending {
  readonly name: NodeJS.Signals;
  /** While it waits for its model, once its tool has told its pid, when its reader takes it for finished; or so many seconds after its start. */
  readonly at: 'waiting' | 'working' | 'final' | number;
}

/** The command of a tool that works until it is ended, and tells its pid. */
export const WORKS_FOR_LONG = 'echo $$ > tool.pid; exec sleep 120';

/** Runs the real opencode by the plan of its adapter, with the mock as its only model. */
export async function runOpencode(play: Play): Promise<RecordedRun> {
  const place = await makeHome();
  try {
    const resumes = play.before ? await firstSession(play.before, place) : null;
    return cleanRun(await runIn(place, { ...play, request: { resumes, ...play.request } }), place);
  } finally {
    await rm(place.home, { recursive: true, force: true });
  }
}

async function firstSession(script: Script, place: OpencodeHome): Promise<string | null> {
  const { stdout } = await runIn(place, { script });
  return /"sessionID":"(\w+)"/.exec(stdout)?.[1] ?? null;
}

async function runIn(place: OpencodeHome, play: Play): Promise<RecordedRun> {
  await using api = await startMessagesApi();
  const scenario = typeof play.script === 'string' ? play.script : 'scripted';
  if (typeof play.script !== 'string') {
    api.script(scenario, play.script);
  }
  await writeConfig(place.home, { ...play, baseUrl: api.url(scenario) });
  const held = play.signal?.at === 'waiting' ? api.hold(scenario) : null;
  const child = start(place, play);
  void held?.arrived.then(() => child.kill(play.signal?.name));
  if (play.signal) {
    endInTime(child, { ...play.signal, place });
  }
  const whole = Promise.all([text(child.stdout), text(child.stderr)]);
  await once(child, 'exit');
  endTool(place);
  const [stdout, stderr] = await whole;
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function start({ home, project }: OpencodeHome, { request, args: more = [] }: Play): Child {
  const { args, env } = opencode.plan({ ...REQUEST, ...request });
  const child = spawn(findOpencode(), [...args, ...more], {
    cwd: project,
    env: { ...opencodeEnv(home), ...env },
  });
  child.stdin.end('Improve notes.md.\n');
  return child;
}

function endInTime(child: Child, { name, at, place }: Ending & { place: OpencodeHome }): void {
  const end = (): boolean => child.kill(name);
  if (typeof at === 'number') {
    const timer = setTimeout(end, at * 1000);
    child.once('exit', () => clearTimeout(timer));
  } else if (at === 'working') {
    const watcher = watch(place.project, () => toolPid(place) && end());
    child.once('exit', () => watcher.close());
  } else if (at === 'final') {
    const reader = opencode.createReader();
    createInterface({ input: child.stdout }).on('line', (line) => reader.read(line).final && end());
  }
}

/** Tools have a session of their own, and outlive it. */
function endTool(place: OpencodeHome): void {
  const pid = toolPid(place);
  if (pid) {
    process.kill(pid, 'SIGKILL');
  }
}

function toolPid({ project }: OpencodeHome): number {
  const file = join(project, 'tool.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

const REQUEST: AgentRequest = {
  maxTurns: 80,
  model: null,
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: process.getuid?.() === 0,
  resumes: null,
  budgetUsd: null,
};
