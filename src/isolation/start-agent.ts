import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { Duplex, Readable, type Writable } from 'node:stream';
import type { StartFailure } from '../../machines/attempt/context.ts';
import type { AttemptOrder, Command, TreeLimits } from '../domain/attempt.ts';
import { AttemptCgroup } from '../stores/attempt-cgroup.ts';
import { errorCode } from '../stores/error-code.ts';
import { closeEnds, type AgentPipes } from './agent-pipes.ts';
import { checkExecutable } from './check-executable.ts';
import { AGENT_STDERR_FD, INIT_FD, withInit } from './namespace-init.ts';

export interface StartedAgent {
  readonly child: ChildProcess;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** To the init of its namespace; null: it has none. */
  readonly init: Duplex | null;
  /** In which base supervision holds it; null: there is none. */
  readonly cgroup: AttemptCgroup | null;
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
  const code = errorCode(error) ?? messageOf(error);
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
    const { child, cgroup } = spawnAgent(order, agents);
    return {
      ...{ child, cgroup, init: initOf(child) },
      stdin: new Socket({ fd: ours.stdin, readable: false, writable: true }),
      stdout: new Socket({ fd: ours.stdout, readable: true, writable: false }),
      stderr: new Socket({ fd: ours.stderr, readable: true, writable: false }),
    };
  } finally {
    closeEnds(agents);
  }
}

function startOnSockets(order: AttemptOrder): StartedAgent {
  const stdio = { stdin: 'pipe', stdout: 'pipe', stderr: 'pipe' } as const;
  const { child, cgroup } = spawnAgent(order, stdio);
  const init = initOf(child);
  const { stdin, stdout } = child;
  const stderr = init ? child.stdio[AGENT_STDERR_FD] : child.stderr;
  if (!stdin || !stdout || !(stderr instanceof Readable)) {
    throw new Error('The agent has no pipes');
  }
  return { child, cgroup, stdin, stdout, stderr, init };
}

type Stdio = 'pipe' | number;

interface AgentStdio {
  readonly stdin: Stdio;
  readonly stdout: Stdio;
  readonly stderr: Stdio;
}

type Spawned = Pick<StartedAgent, 'child' | 'cgroup'>;

function spawnAgent(order: AttemptOrder, stdio: AgentStdio): Spawned {
  return order.namespace === null
    ? spawnInGroup(order, stdio)
    : { child: spawnBehindInit(order, order.namespace, stdio), cgroup: null };
}

function spawnInGroup(order: AttemptOrder, { stdin, stdout, stderr }: AgentStdio): Spawned {
  const { attemptId, cwd, env, command, limits } = order;
  const { file, args } = withLimits(command, limits);
  if (file !== command.file) {
    checkExecutable(command.file, env['PATH']);
  }
  const start = (): ChildProcess =>
    spawn(file, args, { cwd, env, stdio: [stdin, stdout, stderr], detached: true });
  const cgroup = AttemptCgroup.make(attemptId);
  try {
    return { child: cgroup?.bear(start) ?? start(), cgroup };
  } catch (error) {
    cgroup?.remove();
    throw error;
  }
}

function spawnBehindInit(
  { cwd, env, command, limits }: AttemptOrder,
  namespace: Command,
  { stdin, stdout, stderr }: AgentStdio,
): ChildProcess {
  checkExecutable(command.file, env['PATH']);
  const { file, args } = withInit(namespace, withNice(command, limits), limits.openFiles);
  const stdio = [stdin, stdout, 'pipe' as const, 'pipe' as const, stderr];
  return spawn(file, args, { cwd, env, stdio, detached: true });
}

/** What cannot be set from outside before the agent itself begins. */
function withLimits(command: Command, limits: TreeLimits): Command {
  const { openFiles } = limits;
  const { file, args } = withNice(command, limits);
  return openFiles === 0
    ? { file, args }
    : behind('/bin/sh', ['-c', LIMITED, 'sh', String(openFiles)], { file, args });
}

function withNice(command: Command, { nice }: TreeLimits): Command {
  const isNice = nice > 0 && existsSync(NICE);
  return isNice ? behind(NICE, ['-n', String(nice)], command) : command;
}

const NICE = '/usr/bin/nice';

function behind(file: string, args: readonly string[], command: Command): Command {
  return { file, args: [...args, command.file, ...command.args] };
}

/** Where the system allows no more than that already, there is nothing to set. */
const LIMITED = 'ulimit -n "$1" 2>/dev/null; shift; exec "$@"';

function initOf(child: ChildProcess): Duplex | null {
  const channel = child.stdio[INIT_FD];
  return channel instanceof Duplex ? channel : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
