import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { command } from '../../../src/agents/command/command.ts';
import type { RecordedRun, Recorder } from '../recorder.ts';
import { programs, type Program } from './programs.ts';

export const recorder: Recorder = {
  // Any program: there is no version of it.
  version: () => Promise.resolve('sh'),
  recordings: programs.map((program) => ({ name: program.name, run: () => runProgram(program) })),
};

async function runProgram(program: Program): Promise<RecordedRun> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'command-recording-')));
  try {
    return await runIn(folder, program);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(cwd: string, program: Program): Promise<RecordedRun> {
  const { args, env } = command.plan(REQUEST);
  const [file, ...leading] =
    program.by === 'sh' ? ['sh', '-c', program.text] : [process.execPath, '-e', program.text];
  const child = spawn(file, [...leading, ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: cwd, ...env },
  });
  // Whoever reads no prompt has closed the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end('Improve notes.md.\n');
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return {
    exitCode: child.exitCode,
    signal: child.signalCode,
    stdout,
    stderr: stderr.replaceAll(process.execPath, '/usr/bin/node'),
  };
}

const REQUEST = {
  maxTurns: 80,
  model: null,
  allowedTools: [],
  permissionMode: 'acceptEdits',
  timeoutMs: 1_800_000,
  asRoot: false,
  resumes: null,
  budgetUsd: null,
};
