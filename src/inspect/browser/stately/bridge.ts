export interface BridgeFacts {
  readonly inspector: URL;
  readonly socketUrl: string;
  readonly say: (text: string) => void;
}

/** How long a page may take to load and to say that it is there. */
const PATIENCE_MS = 10_000;
const TRY_AGAIN_MS = 2_000;

/**
 * Hands an inspector in a frame what the relay tells. It begins when the inspector says that it listens, and each time
 * anew: the relay tells whoever connects how things are.
 */
export class Bridge {
  readonly frame = document.createElement('iframe');
  readonly #facts: BridgeFacts;
  readonly #leave = new AbortController();
  readonly #patience: number;
  #socket: WebSocket | null = null;
  #again = 0;

  constructor(facts: BridgeFacts) {
    const { inspector, say, socketUrl } = facts;
    this.#facts = facts;
    this.frame.title = 'The inspector';
    this.frame.referrerPolicy = 'no-referrer';
    this.frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-popups');
    this.frame.src = inspector.href;
    const { signal } = this.#leave;
    addEventListener('message', (message) => this.#hear(message), { signal });
    say(`Loading ${inspector.host} …`);
    this.#patience = setTimeout(() => {
      say(
        `${inspector.host} does not answer: it cannot be reached from here, or is no inspector. Your loops are shown as soon as it answers. Any other client of its protocol can connect to ${socketUrl}`,
      );
    }, PATIENCE_MS);
  }

  end(): void {
    this.#leave.abort();
    clearTimeout(this.#patience);
    this.#disconnect();
    this.frame.remove();
  }

  #hear({ source, origin, data }: MessageEvent<unknown>): void {
    const isOurs = source === this.frame.contentWindow && origin === this.#facts.inspector.origin;
    if (isOurs && isConnection(data)) {
      clearTimeout(this.#patience);
      this.#connect();
    }
  }

  #connect(): void {
    const { inspector, say, socketUrl } = this.#facts;
    this.#disconnect();
    const socket = new WebSocket(socketUrl);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      say(`${inspector.host} is handed what your loops do, for as long as this page is open.`);
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message: unknown = JSON.parse(data);
      this.frame.contentWindow?.postMessage(message, inspector.origin);
    });
    socket.addEventListener('close', () => {
      if (this.#socket === socket) {
        say(
          'autoloop inspect does not answer: it has ended, or this is an old address. Trying again …',
        );
        this.#again = setTimeout(() => this.#connect(), TRY_AGAIN_MS);
      }
    });
  }

  #disconnect(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#again);
    socket?.close();
  }
}

/** As Stately's own receiver says it. */
function isConnection(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === '@statelyai.connected'
  );
}
