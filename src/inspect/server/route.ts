import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** A way in. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/api/loops/:loop/steer`: what begins with a colon stands for any text without a slash. */
  readonly path: string;
  /** It holds no data: whoever asks gets it. All else wants the token. */
  readonly isOpen?: boolean;
  /** Throws Refusal where what is asked cannot be had. */
  readonly answer: (visit: Visit) => Promise<void> | void;
}

export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** By name, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/**
 * Takes over a connection that asks for another protocol. Its Host and Origin are checked before; a browser cannot send
 * the token in a header there, so that it has to be asked for here.
 */
export interface Upgrade {
  readonly path: string;
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}
