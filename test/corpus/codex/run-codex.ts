import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AgentRequest } from '../../../src/agents/agent.ts';
import { planCodex } from '../../../src/agents/codex/plan.ts';
import {
  startResponsesApi,
  type ResponsesApi,
} from '../../mocks/responses-api/start-responses-api.ts';
import { findCodexBinary } from '../../tools/codex-binary.ts';
import { codexEnv } from '../../tools/codex-env.ts';
import type { RecordedRun } from '../recorder.ts';
import type { CodexRecording } from './recordings.ts';

/** Runs the real Codex as autoloop would, in a home of its own; of several runs the last one is told. */
export async function runCodex(recording: CodexRecording): Promise<RecordedRun> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'codex-recording-')));
  try {
    await mkdir(join(home, 'project'));
    await using api = await startResponsesApi();
    for (const [scenario, script] of Object.entries(recording.scripts ?? {})) {
      api.script(scenario, script);
    }
    let run = await runIn(home, api, { ...recording, ...recording.before });
    if (recording.before) {
      run = await runIn(home, api, { ...recording, resumes: sessionOf(run) });
    }
    return cleaned(run, home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function runIn(
  home: string,
  api: ResponsesApi,
  recording: CodexRecording & { readonly resumes?: string },
): Promise<RecordedRun> {
  const { scenario, signal, patience = {}, origin = api.url(scenario) } = recording;
  const env = { ...(await codexEnv({ home, baseUrl: origin, patience })), ...recording.env };
  const { args } = planCodex({
    ...REQUEST,
    ...recording.request,
    resumes: recording.resumes ?? null,
  });
  const held = signal?.at === 'request' ? api.hold(scenario) : null;
  const child = spawn(codexBinary(), [...(recording.args ?? args)], {
    cwd: join(home, 'project'),
    env,
  });
  child.stdin.on('error', () => {}).end(recording.prompt ?? 'Improve notes.md.\n');
  void held?.arrived.then(() => child.kill(signal?.name));
  if (signal && signal.at !== 'request') {
    const { name, at } = signal;
    child.stdout.on('data', (bytes: Buffer) => {
      if (bytes.includes(SIGNS[at])) {
        child.kill(name);
      }
    });
  }
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr };
}

const SIGNS = { retry: 'Reconnecting', tool: '"in_progress"' };

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

function sessionOf({ stdout }: RecordedRun): string {
  const id = /"thread_id":"([^"]+)"/.exec(stdout)?.[1];
  if (id === undefined) {
    throw new Error(`Codex named no session: ${stdout}`);
  }
  return id;
}

/** The output as it would be on any machine, at /home/dev/project; nothing else is changed. */
function cleaned(run: RecordedRun, home: string): RecordedRun {
  const clean = (words: string): string =>
    words.replaceAll(home, '/home/dev').replaceAll(/127\.0\.0\.1:\d{4,}/g, '127.0.0.1:8080');
  return { ...run, stdout: clean(run.stdout), stderr: clean(run.stderr) };
}

/** The pinned binary; throws where it is not installed. */
export function codexBinary(): string {
  const binary = findCodexBinary();
  if (binary === null) {
    throw new Error('Codex is not installed. Install it: npm ci --prefix test/tools');
  }
  return binary;
}
