import { chmodSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { createServer, type Server, type Socket } from 'node:net';
import type { ControlAnswer, ControlRequest, LoopChange } from '../domain/control.ts';
import { describeError } from '../domain/error.ts';
import type { PruneRequest, Removal } from '../domain/retention.ts';
import type { Rotation, RotationRequest } from '../domain/rotation.ts';
import type { LoopStatus } from '../domain/loop-status.ts';
import { markAt } from '../stores/file-mark.ts';
import { makePrivateDirectory } from '../stores/private-directory.ts';
import { storageError } from '../stores/storage-error.ts';
import type { Viewer } from './viewer.ts';
import { parseControlRequest } from './parse-control-request.ts';

export interface ControlledLoop {
  readonly status: () => LoopStatus;
  /** Returns when the machine has taken it. */
  readonly steer: (request: SteeringRequest) => void;
  readonly rotate: (request: RotationRequest) => readonly Rotation[];
  readonly prune: (request: PruneRequest) => readonly Removal[];
  readonly admit: (viewer: Viewer) => void;
  readonly dismiss: (viewer: Viewer) => void;
}

type Done = Pick<Extract<ControlAnswer, { ok: true }>, 'rotated' | 'removed'>;

export type SteeringRequest = Exclude<
  ControlRequest,
  { command: 'status' | 'follow' | 'inspect' | 'rotate' | 'prune' }
>;

/** A follower that does not read is let go of, so that it can neither slow the loop nor fill its memory. */
const MOST_UNREAD_BYTES = 1_000_000;
/** An inspector is told no more until it has read: then how things are, and how much it has missed. */
const MOST_UNREAD_INSPECTION_BYTES = 250_000;
const LONGEST_REQUEST = 64_000;

/** The loop's ear: steering and followers, over a socket only its user can open. */
export class ControlServer {
  readonly #loop: ControlledLoop;
  readonly #followers = new Set<Socket>();
  readonly #inspectors = new Map<Socket, Viewer>();
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #path = '';
  #inode: number | null = null;

  constructor(loop: ControlledLoop) {
    this.#loop = loop;
    this.#server = this.#createServer();
  }

  async listen(path: string): Promise<void> {
    this.#path = path;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.once('listening', resolve);
        this.#bind();
      });
      chmodSync(path, 0o600);
    } catch (error) {
      throw storageError(error, { verb: 'listen on', path });
    }
    this.#inode = inodeAt(path);
  }

  /** Listens again where somebody took the socket away; who is connected stays so. What was wrong; null: nothing. */
  mend(): string | null {
    if (this.#inode === null || inodeAt(this.#path) === this.#inode) {
      return null;
    }
    // Its end takes whatever lies at the path along.
    this.#server.close();
    this.#server = this.#createServer();
    this.#server.on('error', () => {});
    makePrivateDirectory(dirname(this.#path));
    this.#bind();
    this.#inode = inodeAt(this.#path) ?? GONE;
    return 'was deleted or replaced, and is listened on again';
  }

  /** The path is taken before it returns; only the news of it come later. */
  #bind(): void {
    rmSync(this.#path, { recursive: true, force: true });
    const before = process.umask(0o177);
    try {
      this.#server.listen(this.#path);
    } finally {
      process.umask(before);
    }
  }

  #createServer(): Server {
    return createServer((socket) => this.#serve(socket));
  }

  tell(change: LoopChange): void {
    if (this.#followers.size > 0) {
      const line = `${JSON.stringify(change)}\n`;
      this.#followers.forEach((follower) => this.#send(follower, line));
    }
  }

  close(): void {
    this.#server.close();
    this.#sockets.forEach((socket) => socket.end());
  }

  #serve(socket: Socket): void {
    let text = '';
    this.#sockets.add(socket);
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#followers.delete(socket);
      this.#dismiss(socket);
    });
    socket.on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      lines.forEach((line) => this.#answer(socket, line));
      if (text.length > LONGEST_REQUEST) {
        socket.destroy();
      }
    });
  }

  #answer(socket: Socket, line: string): void {
    const request = parseControlRequest(line);
    if (!request) {
      this.#reply(socket, { ok: false, error: 'not a request this loop knows' });
      return;
    }
    if (request.command === 'rotate') {
      this.#answerWith(socket, () => ({ rotated: this.#loop.rotate(request) }));
      return;
    }
    if (request.command === 'prune') {
      this.#answerWith(socket, () => ({ removed: this.#loop.prune(request) }));
      return;
    }
    if (request.command === 'follow') {
      this.#followers.add(socket);
    } else if (request.command !== 'status' && request.command !== 'inspect') {
      this.#loop.steer(request);
    }
    this.#reply(socket, { ok: true, status: this.#loop.status() });
    if (request.command === 'inspect') {
      this.#admit(socket);
    }
  }

  #admit(socket: Socket): void {
    if (!this.#inspectors.has(socket)) {
      const viewer: Viewer = {
        tell: (line) => {
          const takesIt = socket.writableLength <= MOST_UNREAD_INSPECTION_BYTES;
          if (takesIt) {
            socket.write(line);
          }
          return takesIt;
        },
        end: () => socket.destroy(),
      };
      this.#inspectors.set(socket, viewer);
      this.#loop.admit(viewer);
    }
  }

  #dismiss(socket: Socket): void {
    const viewer = this.#inspectors.get(socket);
    if (viewer) {
      this.#inspectors.delete(socket);
      this.#loop.dismiss(viewer);
    }
  }

  /** Or with what it was refused for. */
  #answerWith(socket: Socket, act: () => Partial<Done>): void {
    try {
      this.#reply(socket, { ok: true, ...act(), status: this.#loop.status() });
    } catch (error) {
      const { code, message, fix } = describeError(error);
      this.#reply(socket, { ok: false, error: message, code, fix });
    }
  }

  #reply(socket: Socket, answer: ControlAnswer): void {
    this.#send(socket, `${JSON.stringify(answer)}\n`);
  }

  #send(socket: Socket, line: string): void {
    if (socket.writableLength > MOST_UNREAD_BYTES) {
      socket.destroy();
    } else {
      socket.write(line);
    }
  }
}

/** No file has it. */
const GONE = -1;

function inodeAt(path: string): number | null {
  return markAt(path)?.inode ?? null;
}
