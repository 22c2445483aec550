import type { WebSocket } from 'ws';

/** A program or page that is told the loops, over one connection. What it says is not listened to. */
export class StatelyClient {
  readonly #socket: WebSocket;
  readonly #catchUp: () => readonly Buffer[];
  #isBehind = false;
  #hasAnswered = true;

  /** `catchUp`: all loops as they are then, for who has missed something. */
  constructor(socket: WebSocket, catchUp: () => readonly Buffer[]) {
    this.#socket = socket;
    this.#catchUp = catchUp;
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => {
      this.#hasAnswered = true;
    });
  }

  /** Who does not read is told nothing more until it has read all: then how things are. */
  tell(messages: readonly Buffer[]): void {
    this.#isBehind ||= this.#socket.bufferedAmount > MOST_UNREAD_BYTES;
    if (!this.#isBehind) {
      messages.forEach((message) => this.#send(message));
    }
  }

  /** Lets go of it where it has not answered since the last time. */
  checkLife(): void {
    if (!this.#hasAnswered) {
      this.#socket.terminate();
      return;
    }
    this.#hasAnswered = false;
    this.#socket.ping();
  }

  end(): void {
    this.#socket.close(GOING_AWAY);
  }

  #send(message: Buffer): void {
    this.#socket.send(message, { binary: false }, () => this.#hasRead());
  }

  #hasRead(): void {
    if (this.#isBehind && this.#socket.bufferedAmount === 0) {
      this.#isBehind = false;
      this.tell(this.#catchUp());
    }
  }
}

const MOST_UNREAD_BYTES = 1_000_000;
const GOING_AWAY = 1001;
