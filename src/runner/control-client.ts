import { createConnection, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import type { ControlAnswer, ControlRequest, LoopChange } from '../domain/control.ts';
import type { InspectionBatch } from '../domain/inspection.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { loopSockets } from './loop-sockets.ts';
import { parseTold, type Told } from './parse-told.ts';

/** A living loop, spoken to over its control socket. */
const ANSWER_WITHIN_MS = 2_000;

/** One request, one answer. null: nobody answers there in time. */
export async function askLoop(
  socketPath: string,
  request: ControlRequest,
): Promise<ControlAnswer | null> {
  const socket = await connect(socketPath);
  if (!socket) {
    return null;
  }
  socket.write(`${JSON.stringify(request)}\n`);
  const timer = setTimeout(() => socket.destroy(), ANSWER_WITHIN_MS);
  try {
    for await (const line of linesOf(socket)) {
      const told = parseTold(line);
      return told && 'ok' in told ? told : null;
    }
    return null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** The same of the loop in this data folder, whether this process can see its runner or not. */
export async function askLoopIn(
  paths: DataPaths,
  request: ControlRequest,
): Promise<ControlAnswer | null> {
  for (const socket of loopSockets(paths)) {
    const answer = await askLoop(socket, request);
    if (answer) {
      return answer;
    }
  }
  return null;
}

export interface Following {
  /** Resolves when the loop has gone or the following was ended. */
  readonly over: Promise<void>;
  end(): void;
}

/** Hears of every change until the loop ends. null: nobody listens there. */
export function followLoop(
  socketPath: string,
  changed: (change: LoopChange) => void,
): Promise<Following | null> {
  return listenTo(socketPath, 'follow', (told) => {
    if ('kind' in told) {
      if (told.kind !== 'inspection') {
        changed(told);
      }
    } else if (told.ok) {
      changed({ kind: 'status', status: told.status });
    }
  });
}

/** Hears what its machine does until the loop ends. null: nobody listens there. */
export function inspectLoop(
  socketPath: string,
  happened: (batch: InspectionBatch) => void,
): Promise<Following | null> {
  return listenTo(socketPath, 'inspect', (told) => {
    if ('kind' in told && told.kind === 'inspection') {
      happened(told);
    }
  });
}

/** The same of the loop in this data folder, wherever its runner listens. */
export async function inspectLoopIn(
  paths: DataPaths,
  happened: (batch: InspectionBatch) => void,
): Promise<Following | null> {
  for (const socket of loopSockets(paths)) {
    const following = await inspectLoop(socket, happened);
    if (following) {
      return following;
    }
  }
  return null;
}

async function listenTo(
  socketPath: string,
  command: 'follow' | 'inspect',
  hear: (told: Told) => void,
): Promise<Following | null> {
  const socket = await connect(socketPath);
  if (!socket) {
    return null;
  }
  socket.write(`${JSON.stringify({ command } satisfies ControlRequest)}\n`);
  return { over: hearLines(socket, hear), end: () => socket.destroy() };
}

async function hearLines(socket: Socket, hear: (told: Told) => void): Promise<void> {
  try {
    for await (const line of linesOf(socket)) {
      const told = parseTold(line);
      if (told) {
        hear(told);
      }
    }
  } catch {
    // The connection broke: it is over.
  }
}

/**
 * They end when the socket is destroyed, too: readline by itself only hears of its end. Whoever never ends a line is no
 * runner, and let go of.
 */
function linesOf(socket: Socket): Interface {
  const lines = createInterface({ input: socket });
  let unfinished = 0;
  socket.on('data', (bytes: Buffer) => {
    const end = bytes.lastIndexOf(NEWLINE);
    unfinished = end === -1 ? unfinished + bytes.length : bytes.length - end - 1;
    if (unfinished > LONGEST_LINE) {
      socket.destroy();
    }
  });
  socket.once('close', () => lines.close());
  return lines;
}

const NEWLINE = 10;
const LONGEST_LINE = 32_000_000;

function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const timer = setTimeout(() => socket.destroy(new Error('nobody accepts')), ANSWER_WITHIN_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}
