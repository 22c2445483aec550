import type { LoopHistory } from '../loop-history.ts';
import type { MachineChart } from '../machine-chart.ts';
import type { PageNews } from '../page-news.ts';
import type { SteeringAnswer, SteeringCommand } from '../steering.ts';

/** The token is not the one of the server that answers. */
export class NotLetIn extends Error {}

/** What the page asks of the server that it came from. */
export class Api {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async chart(): Promise<MachineChart> {
    const response = await this.#fetch('/api/machine');
    // The same program wrote it.
    // oxlint-disable-next-line typescript/no-unsafe-return
    return response.json();
  }

  async steer(loop: string, command: SteeringCommand): Promise<SteeringAnswer> {
    const response = await this.#fetch(`/api/loops/${encodeURIComponent(loop)}/steer`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ command }),
    });
    // oxlint-disable-next-line typescript/no-unsafe-return
    return response.json();
  }

  /** Throws with why there is none. */
  async history(loop: string): Promise<LoopHistory> {
    const response = await this.#fetch(`/api/loops/${encodeURIComponent(loop)}/history`);
    // oxlint-disable-next-line typescript/no-unsafe-return
    return response.json();
  }

  /** Reads news until the connection ends or is ended. An EventSource could not send the token. */
  async readNews(loop: string | null, reading: NewsReading): Promise<void> {
    const query = loop === null ? '' : `?${new URLSearchParams({ loop }).toString()}`;
    const { body } = await this.#fetch(`/api/news${query}`, { signal: reading.signal });
    reading.opened();
    const pieces = body?.pipeThrough(new TextDecoderStream()).getReader();
    let unfinished = '';
    for (let piece = await pieces?.read(); piece && !piece.done; piece = await pieces?.read()) {
      const messages = `${unfinished}${piece.value}`.split('\n\n');
      unfinished = messages.pop() ?? '';
      messages.forEach((message) => reading.told(newsIn(message)));
    }
  }

  async #fetch(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    headers.set('Authorization', `Bearer ${this.#token}`);
    const response = await fetch(path, { ...options, headers });
    if (response.status === 401) {
      throw new NotLetIn();
    }
    if (!response.ok) {
      throw new Error(await refusalIn(response));
    }
    return response;
  }
}

export interface NewsReading {
  readonly signal: AbortSignal;
  readonly opened: () => void;
  readonly told: (news: PageNews) => void;
}

function newsIn(message: string): PageNews {
  // oxlint-disable-next-line typescript/no-unsafe-return
  return JSON.parse(message.slice('data: '.length));
}

async function refusalIn(response: Response): Promise<string> {
  const told: unknown = await response.json().catch(() => null);
  return typeof told === 'object' && told !== null && 'error' in told
    ? String(told.error)
    : `The server answered ${response.status}.`;
}
