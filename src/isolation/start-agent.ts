import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { StartFailure } from '../../machines/attempt/context.ts';
import type { AttemptOrder } from '../domain/attempt.ts';
import { errorCode } from '../stores/error-code.ts';
import { closeEnds, type AgentPipes } from './agent-pipes.ts';

export interface StartedAgent {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/**
 * Starts the agent in a session of its own, with the environment of its order and nothing of ours.
 * A start that the system refuses comes as the child's `error`, or is thrown.
 */
export function startAgent(order: AttemptOrder, pipes: AgentPipes | null): StartedAgent {
  return pipes ? startOnPipes(order, pipes) : startOnSockets(order);
}

/** What kept the agent from starting, told to the operator. */
export function startFailure(order: AttemptOrder, error: unknown): StartFailure {
  const code = errorCode(error) ?? String(error);
  return {
    outcome: EXHAUSTED.has(code) ? 'resource_exceeded' : 'worker_unavailable',
    reason: `${whyNotStarted(order, code)} (${code})`,
  };
}

const EXHAUSTED: ReadonlySet<string> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ENOSPC']);

function whyNotStarted({ cwd, command: { file } }: AttemptOrder, code: string): string {
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    return `its folder ${cwd} does not exist`;
  }
  switch (code) {
    case 'ENOENT':
      return existsSync(file)
        ? `the interpreter that ${file} names was not found`
        : `its program ${file} was not found`;
    case 'EACCES':
      return `its program ${file} must not be executed, or its folder ${cwd} not be entered`;
    default:
      return `its program ${file} could not be started`;
  }
}

function startOnPipes(order: AttemptOrder, { ours, agents }: AgentPipes): StartedAgent {
  try {
    const stdio = [agents.stdin, agents.stdout, agents.stderr];
    return {
      child: spawnAgent(order, stdio),
      stdin: new Socket({ fd: ours.stdin, readable: false, writable: true }),
      stdout: new Socket({ fd: ours.stdout, readable: true, writable: false }),
      stderr: new Socket({ fd: ours.stderr, readable: true, writable: false }),
    };
  } finally {
    closeEnds(agents);
  }
}

function startOnSockets(order: AttemptOrder): StartedAgent {
  const child = spawnAgent(order, 'pipe');
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) {
    throw new Error('The agent has no pipes');
  }
  return { child, stdin, stdout, stderr };
}

function spawnAgent({ command, cwd, env }: AttemptOrder, stdio: SpawnOptions['stdio']) {
  return spawn(command.file, command.args, { cwd, env, stdio, detached: true });
}
