import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startMessagesApi } from '../messages-api/start-messages-api.ts';
import { findClaudeBinary } from '../../tools/claude-binary.ts';
import { claudeEnv } from '../../tools/claude-env.ts';
import { usualArgs, type Recording } from './recordings.ts';

/** How a run ended and all that it printed. */
export interface Run {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The scratch home; the agent worked in its folder `project`. */
  readonly home: string;
}

/** Runs the real Claude Code in a home of its own, with the mock as its only model. */
export async function runClaude(recording: Recording): Promise<Run> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'claude-recording-')));
  try {
    return await runIn(home, recording);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function runIn(home: string, recording: Recording): Promise<Run> {
  await using api = await startMessagesApi();
  const cwd = join(home, 'project');
  await mkdir(cwd);
  const held = recording.signal && api.hold(recording.scenario);
  const env = { ...claudeEnv({ home, baseUrl: api.url(recording.scenario) }), ...recording.env };
  const child = spawn(claudeBinary(), argsOf(recording), { cwd, env });
  child.stdin.end('Improve notes.md.\n');
  void held?.arrived.then(() => child.kill(recording.signal));
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, signal: child.signalCode, stdout, stderr, home };
}

function argsOf({ args = usualArgs }: Recording): string[] {
  return ['-p', '--output-format', 'stream-json', '--verbose', ...args];
}

/** The pinned binary; throws where it is not installed. */
export function claudeBinary(): string {
  const binary = findClaudeBinary();
  if (binary === null) {
    throw new Error('Claude Code is not installed. Install it: npm ci --prefix test/tools');
  }
  return binary;
}
