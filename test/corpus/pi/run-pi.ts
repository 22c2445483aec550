import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pi } from '../../../src/agents/pi/pi.ts';
import { says } from '../../mocks/messages-api/message-replies.ts';
import { startMessagesApi, type MessagesApi } from '../../mocks/messages-api/start-messages-api.ts';
import type { RecordedRun } from '../recorder.ts';
import { cleanOutput } from './clean-output.ts';
import { makePiHome, piEnv } from './pi-home.ts';
import type { Play } from './play.ts';
import { closedPort, startRefusingService } from './refusing-service.ts';
import { NEWEST, RELEASES } from './releases.ts';

/** Runs the real pi in a home of its own, by the plan of its adapter, with the mock as its only model. */
export async function runPi(play: Play): Promise<RecordedRun> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'pi-recording-')));
  try {
    const { stdout, stderr, ...ending } = await runIn(home, play);
    return {
      ...ending,
      cliVersion: play.release ?? NEWEST,
      stdout: cleanOutput(stdout, home),
      stderr: cleanOutput(stderr, home),
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function runIn(home: string, play: Play): Promise<RecordedRun> {
  await using api = await startMessagesApi();
  const { service } = play;
  await using refusing =
    service.kind === 'chatgpt' ? await startRefusingService(service.refusal) : null;
  const baseUrl = service.kind === 'messages' ? api.url('play') : await closedPort();
  await makePiHome(home, { baseUrl: refusing?.origin ?? baseUrl, play });
  const stage = { home, api };
  const before = await sessionBefore(stage, play);
  if (service.kind === 'messages') {
    api.script('play', service.script);
  }
  const resumes = before ?? play.request?.resumes ?? null;
  return await start(stage, { ...play, request: { ...play.request, resumes } });
}

interface Stage {
  readonly home: string;
  readonly api: MessagesApi;
  /** Default: `project`. */
  readonly folder?: string;
}

async function sessionBefore(stage: Stage, play: Play): Promise<string | null> {
  const { resumesFrom: folder, name, service, release = NEWEST } = play;
  if (folder === undefined) {
    return null;
  }
  stage.api.script('play', () => says('Before.'));
  const { stdout } = await start({ ...stage, folder }, { name, service, release });
  return /^\{"type":"session","version":3,"id":"([^"]+)"/.exec(stdout)?.[1] ?? null;
}

async function start({ home, api, folder = 'project' }: Stage, play: Play): Promise<RecordedRun> {
  const plan = pi.plan({ ...REQUEST, ...play.request });
  const child = spawn(
    process.execPath,
    [RELEASES[play.release ?? NEWEST], ...plan.args, ...(play.extraArgs ?? [])],
    { cwd: join(home, folder), env: { ...piEnv(home), ...plan.env } },
  );
  sendSignal(play, { child, api });
  child.stdin.end('Improve notes.md.\n');
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

const REQUEST = {
  maxTurns: 80,
  model: 'mock/mock-model',
  allowedTools: ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};

function sendSignal(play: Play, run: { child: ChildProcess; api: MessagesApi }): void {
  if (play.signal === undefined) {
    return;
  }
  const moment =
    play.signalDuring === 'tool' ? toolIsAtWork(run.child) : run.api.hold('play').arrived;
  void moment.then(() => run.child.kill(play.signal));
}

// Its tool has printed something.
function toolIsAtWork({ stdout }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    stdout?.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('"partialResult":{"content":[{"type":"text","text":"at work')) {
        resolve();
      }
    });
  });
}
