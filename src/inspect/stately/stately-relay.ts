import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { InspectionBatch } from '../../domain/inspection.ts';
import type { Redactor } from '../../redaction/redactor.ts';
import { Refusal } from '../server/refusal.ts';
import type { Upgrade } from '../server/route.ts';
import { isToken } from '../server/token.ts';
import { LoopTranslation } from './loop-translation.ts';
import type { StatelyMessage } from './protocol.ts';
import { StatelyClient } from './stately-client.ts';
import type { StatelyLoops } from './stately-loops.ts';

export interface RelayParts {
  readonly token: string;
  readonly loops: StatelyLoops;
  /** Of the machine with this hash, as JSON text; null: it is of another version, and not known. */
  readonly definition: (hash: string) => string | null;
  readonly redactor: Redactor;
  /** Epoch ms. */
  readonly now: () => number;
  /** How often a client has to answer. */
  readonly heartbeatMs?: number;
}

export const STATELY_SOCKET_PATH = '/stately/ws';

/**
 * Speaks the protocol of @statelyai/inspect to whoever connects with the token. Each is first told the living loops as
 * they are. While nobody is connected, no loop is listened to.
 */
export class StatelyRelay implements Upgrade {
  readonly path = STATELY_SOCKET_PATH;
  readonly #parts: RelayParts;
  readonly #server = new WebSocketServer({
    ...{ noServer: true, clientTracking: false, perMessageDeflate: false },
    maxPayload: MOST_HEARD_BYTES,
  });
  readonly #clients = new Set<StatelyClient>();
  readonly #translations = new Map<string, LoopTranslation>();
  #stopFollowing: () => void = () => {};

  constructor(parts: RelayParts) {
    this.#parts = parts;
  }

  /** Throws Refusal. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!isToken(searchParams.get('token') ?? '', this.#parts.token)) {
      throw new Refusal(401, 'Use the address that autoloop inspect --stately printed.');
    }
    if (this.#clients.size >= MOST_CLIENTS) {
      throw new Refusal(503, `There are ${MOST_CLIENTS} clients already.`);
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#admit(client));
  }

  close(): void {
    this.#clients.forEach((client) => client.end());
    this.#stopFollowing();
  }

  #admit(socket: WebSocket): void {
    const client = new StatelyClient(socket, () => this.#now());
    socket.once('close', () => this.#dismiss(client));
    this.#clients.add(client);
    client.tell(this.#now());
    if (this.#clients.size === 1) {
      this.#stopFollowing = this.#follow();
    }
  }

  #dismiss(client: StatelyClient): void {
    this.#clients.delete(client);
    if (this.#clients.size === 0) {
      this.#stopFollowing();
    }
  }

  #follow(): () => void {
    const following = this.#parts.loops.follow({
      happened: (loop, batch) => this.#happened(loop, batch),
      gone: (loop) => this.#tell(this.#translations.get(loop)?.end() ?? []),
    });
    const { heartbeatMs = HEARTBEAT_MS } = this.#parts;
    const heartbeat = setInterval(() => {
      this.#clients.forEach((client) => client.checkLife());
    }, heartbeatMs);
    return () => {
      clearInterval(heartbeat);
      following.end();
      this.#translations.clear();
      this.#stopFollowing = () => {};
    };
  }

  #happened(loop: string, batch: InspectionBatch): void {
    const known = this.#translations.get(loop);
    const translation = known ?? new LoopTranslation({ ...this.#parts, name: loop });
    this.#translations.set(loop, translation);
    this.#tell(translation.translate(batch));
  }

  #tell(messages: readonly StatelyMessage[]): void {
    const told = messages.map(encode);
    this.#clients.forEach((client) => client.tell(told));
  }

  #now(): Buffer[] {
    return [...this.#translations.values()].flatMap((loop) => loop.now()).map(encode);
  }
}

function encode(message: StatelyMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}

const MOST_CLIENTS = 50;
/** What they say is not listened to. */
const MOST_HEARD_BYTES = 64_000;
const HEARTBEAT_MS = 10_000;
