import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../model-api/listen-on-loopback.ts';
import { RESPONSES } from './definitions.ts';
import { readRequest, type Message, type Received, type Signal } from './read-request.ts';

export type CollectorSpan = Message['resourceSpans'][number]['scopeSpans'][number]['spans'][number];
export type CollectorMetric =
  Message['resourceMetrics'][number]['scopeMetrics'][number]['metrics'][number];

/** How it answers instead of taking what it got. The request counts as received all the same. */
export type Answer =
  | { readonly kind: 'status'; readonly code: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'partial'; readonly rejected: number; readonly reason: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'reset' }
  /** Taken, with bytes that never end. */
  | { readonly kind: 'endless' }
  /** Taken, with these bytes for an answer. */
  | { readonly kind: 'body'; readonly bytes: string };

/** A receiver of OTLP/HTTP that takes what the protocol allows, and nothing else. */
export class Collector {
  readonly received: Received[] = [];
  /** Why it answered 400. */
  readonly offences: string[] = [];
  /** Every path that was asked for. */
  readonly paths: string[] = [];
  /** null: as a collector that is well. */
  answer: (received: Received) => Answer | null = () => null;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  #origin = '';
  #close: () => Promise<void> = async () => {};

  get url(): string {
    return this.#origin;
  }

  async listen(): Promise<void> {
    const { origin, close } = await listenOnLoopback(this.#server);
    this.#origin = origin;
    this.#close = close;
  }

  get spans(): CollectorSpan[] {
    return this.received
      .flatMap(({ message }) => message.resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans);
  }

  /** As the last request told them, by name. */
  get metrics(): ReadonlyMap<string, CollectorMetric> {
    const last = this.received.findLast(({ signal }) => signal === 'metrics');
    const all = (last?.message.resourceMetrics ?? [])
      .flatMap(({ scopeMetrics }) => scopeMetrics)
      .flatMap(({ metrics }) => metrics);
    return new Map(all.map((metric) => [metric.name, metric]));
  }

  of(signal: Signal): Received[] {
    return this.received.filter((one) => one.signal === signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    this.paths.push(path);
    const signal = SIGNALS.find((one) => path.endsWith(`/v1/${one}`));
    const { method, headers } = request;
    if (signal === undefined || method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    try {
      const received = readRequest({ signal, headers, body: await buffer(request) });
      this.received.push(received);
      deliver(this.answer(received), { received, response });
    } catch (error) {
      this.offences.push(String(error));
      response.writeHead(400).end();
    }
  }
}

export async function startCollector(): Promise<Collector> {
  const collector = new Collector();
  await collector.listen();
  return collector;
}

const SIGNALS: readonly Signal[] = ['traces', 'metrics'];

interface Exchange {
  readonly received: Received;
  readonly response: ServerResponse;
}

function deliver(answer: Answer | null, { received, response }: Exchange): void {
  const type = { 'Content-Type': received.contentType };
  switch (answer?.kind) {
    case undefined:
      response.writeHead(200, type).end(bytesOf(received, {}));
      return;
    case 'status':
      response.writeHead(answer.code, answer.headers).end('no');
      return;
    case 'partial':
      response.writeHead(200, type).end(bytesOf(received, partial(received, answer)));
      return;
    case 'body':
      response.writeHead(200, type).end(answer.bytes);
      return;
    case 'endless':
      response.writeHead(200, type);
      pour(response);
      return;
    case 'reset':
      response.destroy();
      return;
    case 'silent':
      return;
  }
}

function partial(
  { signal }: Received,
  { rejected, reason }: Extract<Answer, { kind: 'partial' }>,
): object {
  const field = signal === 'traces' ? 'rejectedSpans' : 'rejectedDataPoints';
  return { partialSuccess: { [field]: rejected, errorMessage: reason } };
}

function bytesOf({ signal, contentType }: Received, answer: object): Uint8Array | string {
  if (contentType === 'application/json') {
    return JSON.stringify(answer);
  }
  const definition = RESPONSES[signal];
  return definition.encode(definition.fromObject(answer)).finish();
}

function pour(response: ServerResponse): void {
  response.on('error', () => {});
  const more = (): void => {
    while (!response.destroyed && response.write(ZEROS)) {
      // Until it is full.
    }
  };
  response.on('drain', more);
  more();
}

const ZEROS = Buffer.alloc(16_384);
