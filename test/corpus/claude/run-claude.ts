import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { claude } from '../../../src/agents/claude/claude.ts';
import { startMessagesApi, type MessagesApi } from '../../mocks/messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../../tools/claude-binary.ts';
import { claudeEnv } from '../../tools/claude-env.ts';
import type { RecordedRun } from '../recorder.ts';
import { awaitMoment } from './await-moment.ts';
import { cleanOutput } from './clean-output.ts';
import { usualRequest, type Play } from './play.ts';
import { scenarios } from './scenarios.ts';

/** Runs the real Claude Code in a home of its own, with the mock as its only model. */
export async function runClaude(play: Play): Promise<RecordedRun> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'claude-run-')));
  try {
    if (play.after) {
      await runIn(home, play.after);
    }
    return await runIn(home, play);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The pinned binary; throws where it is not installed. */
export function claudeBinary(): string {
  const binary = findClaudeBinary();
  if (binary === null) {
    throw new Error('Claude Code is not installed. Install it: npm ci --prefix test/tools');
  }
  return binary;
}

async function runIn(home: string, play: Play): Promise<RecordedRun> {
  await using api = await startMessagesApi();
  Object.entries(scenarios()).forEach(([name, script]) => api.script(name, script));
  const cwd = join(home, 'project');
  await mkdir(cwd, { recursive: true });
  const child = await start(play, { home, cwd, api });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
    once(child, 'exit').then(() => endTool(cwd)),
  ]);
  if (child.signalCode === 'SIGABRT') {
    throw new Error(`${play.scenario} did not end by itself.`);
  }
  return {
    exitCode: child.exitCode,
    signal: child.signalCode,
    stdout: cleanOutput(stdout, home),
    stderr: cleanOutput(stderr, home),
  };
}

interface Place {
  readonly home: string;
  readonly cwd: string;
  readonly api: MessagesApi;
}

async function start(
  play: Play,
  { home, cwd, api }: Place,
): Promise<ChildProcessWithoutNullStreams> {
  const { scenario, signal, prompt = 'Improve notes.md.\n' } = play;
  if (play.isRefused) {
    await api.close();
  }
  const { args, env } = claude.plan({ ...usualRequest, ...play.wishes });
  const child = spawn(claudeBinary(), [...args, ...(play.args ?? [])], {
    cwd,
    env: { ...claudeEnv({ home, baseUrl: api.url(scenario) }), ...env, ...play.env },
    timeout: LONGEST_RUN_MS,
    killSignal: 'SIGABRT',
  });
  if (signal) {
    void awaitMoment(signal.at, { api, scenario, cwd, child }).then(() => child.kill(signal.name));
  }
  // It may end without having read its prompt.
  child.stdin.on('error', () => {}).end(prompt);
  return child;
}

const LONGEST_RUN_MS = 120_000;

// Where Claude Code was killed, its tool lives on.
async function endTool(cwd: string): Promise<void> {
  const pid = Number(await readFile(join(cwd, 'started'), 'utf8').catch(() => ''));
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
