import { request } from 'node:http';
import { connect } from 'node:net';
import { createWebSocketReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';
import { WebSocket } from 'ws';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loopMachine } from '../../../machines/loop.machine.ts';
import type { InspectionBatch } from '../../../src/domain/inspection.ts';
import { PageServer } from '../../../src/inspect/server/page-server.ts';
import { definitionJson } from '../../../src/inspect/stately/definition-json.ts';
import { StatelyRelay } from '../../../src/inspect/stately/stately-relay.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { at, InspectedLoop, ITERATION, START } from './inspected-loop.ts';
import { LoopsByHand } from './loops-by-hand.ts';

const TOKEN = 'token-of-this-test';
const redactor = createRedactor();
const definition = definitionJson(loopMachine, redactor);

async function serve({ heartbeatMs = 60_000 } = {}) {
  const loops = new LoopsByHand();
  const relay = new StatelyRelay({
    ...{ token: TOKEN, loops, definition: () => definition, redactor, now: () => at },
    heartbeatMs,
  });
  const server = new PageServer({
    token: TOKEN,
    port: null,
    routes: [],
    upgrades: [relay],
    failed: () => {},
  });
  await server.listen();
  onTestFinished(() => {
    relay.close();
    server.close();
  });
  const { port } = server;
  return { loops, relay, port, url: `ws://127.0.0.1:${port}/stately/ws?token=${TOKEN}` };
}

/** What a connection is told; resolves when as much has come as is waited for. */
class Listener {
  readonly messages: StatelyInspectionEvent[] = [];
  readonly socket: WebSocket;
  readonly #closed: Promise<number>;
  #heard: () => void = () => {};

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString('utf8')) as StatelyInspectionEvent);
      this.#heard();
    });
    this.#closed = new Promise((resolve) => this.socket.once('close', resolve));
    onTestFinished(() => this.socket.terminate());
  }

  get closed(): Promise<number> {
    return this.#closed;
  }

  async has(count: number): Promise<void> {
    while (this.messages.length < count) {
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }
}

/** The status that an attempt to connect is answered with; 101: it is let in. */
function knock(port: number, asked: { path?: string; headers?: Record<string, string> } = {}) {
  return new Promise<number>((resolve, reject) => {
    const knocking = request({
      ...{ host: '127.0.0.1', port, path: asked.path ?? `/stately/ws?token=${TOKEN}` },
      headers: {
        ...{ Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
        ...{ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', ...asked.headers },
      },
    });
    knocking.on('upgrade', ({ statusCode = 0 }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    knocking.on('response', ({ statusCode = 0 }) => resolve(statusCode));
    knocking.on('error', reject);
    knocking.end();
  });
}

/** What a played iteration tells. */
async function played(): Promise<readonly InspectionBatch[]> {
  const loop = new InspectedLoop(42);
  await loop.play(START, ...ITERATION);
  vi.useRealTimers();
  return loop.batches;
}

describe('the relay for clients of Stately', () => {
  it("shows Stately's own receiver the states of a whole iteration, as they come", async () => {
    const batches = await played();
    const { loops, url } = await serve();
    const received: StatelyInspectionEvent[] = [];
    createWebSocketReceiver({ server: url }).subscribe((event) => received.push(event));
    await vi.waitFor(() => expect(loops.audiences.size).toBe(1));
    batches.forEach((batch) => loops.tell('demo', batch));
    const steps = batches.flatMap(({ news }) => news.filter(({ type }) => type === 'step'));
    const shown = () =>
      received.flatMap((event) =>
        event.type === '@xstate.snapshot' && 'value' in event.snapshot
          ? [event.snapshot.value]
          : [],
      );
    await vi.waitFor(() => expect(shown()).toHaveLength(steps.length));
    expect(shown()).toEqual(steps.map((step) => step.type === 'step' && step.machine.value));
    expect(new Set(shown().map((value) => JSON.stringify(value))).size).toBeGreaterThan(7);
  });

  it('listens to no loop while nobody is connected', async () => {
    const [batch] = await played();
    const { loops, url } = await serve();
    loops.living.set('demo', batch as InspectionBatch);
    expect(loops.audiences.size).toBe(0);
    const one = new Listener(url);
    await one.has(1);
    const other = new Listener(url);
    await other.has(1);
    expect(other.messages).toMatchObject([{ type: '@xstate.actor', name: 'demo' }]);
    expect(loops.audiences.size).toBe(1);
    one.socket.close();
    await one.closed;
    expect(loops.audiences.size).toBe(1);
    other.socket.close();
    await vi.waitFor(() => expect(loops.audiences.size).toBe(0));
    const third = new Listener(url);
    await third.has(1);
    expect(third.messages).toHaveLength(1);
  });

  it('lets in who has the token, and no page but our own', async () => {
    const { port } = await serve();
    const local = `http://127.0.0.1:${port}`;
    expect({
      program: await knock(port),
      ownPage: await knock(port, { headers: { Origin: local } }),
      noToken: await knock(port, { path: '/stately/ws' }),
      wrongToken: await knock(port, { path: '/stately/ws?token=token-of-this-tesT' }),
      wrongHost: await knock(port, { headers: { Host: `rebound.example:${port}` } }),
      wrongPort: await knock(port, { headers: { Host: `127.0.0.1:${port + 1}` } }),
      otherPort: await knock(port, { headers: { Origin: `http://127.0.0.1:${port + 1}` } }),
      otherPage: await knock(port, { headers: { Origin: 'https://stately.ai' } }),
      noOrigin: await knock(port, { headers: { Origin: 'null' } }),
      otherPath: await knock(port, { path: `/stately?token=${TOKEN}` }),
    }).toEqual({
      ...{ program: 101, ownPage: 101, noToken: 401, wrongToken: 401, wrongHost: 403 },
      ...{ wrongPort: 403, otherPort: 403, otherPage: 403, noOrigin: 403, otherPath: 404 },
    });
  });

  it('does not listen to what clients say, and lets go of one that says too much', async () => {
    const [batch] = await played();
    const { loops, url } = await serve();
    loops.living.set('demo', batch as InspectionBatch);
    const calm = new Listener(url);
    const loud = new Listener(url);
    await Promise.all([calm.has(1), loud.has(1)]);
    calm.socket.send('{"type":"loop.stop"}');
    calm.socket.send(Buffer.from([0, 1, 2]));
    loud.socket.send('x'.repeat(100_000));
    expect(await loud.closed).toBe(1009);
    loops.tell('demo', { ...(batch as InspectionBatch), lost: 1 });
    loops.tell('other', batch as InspectionBatch);
    await calm.has(2);
    expect(calm.messages.map(({ sessionId }) => sessionId.split(':')[0])).toEqual([
      'demo',
      'other',
    ]);
  });

  it('keeps little for a client that does not read, and tells it how things are when it does', async () => {
    const batches = await played();
    const { loops, url } = await serve();
    loops.living.set('demo', batches[0] as InspectionBatch);
    const [reader, stuck] = [new Listener(url), new Listener(url)];
    await Promise.all([reader.has(1), stuck.has(1)]);
    stuck.socket.pause();
    const last = batches.at(-1) as InspectionBatch;
    const note = 'n'.repeat(50_000);
    const flood = Array.from({ length: 400 }, (_, index) => ({
      ...{ ...last, news: [] },
      machine: { ...last.machine, context: { index, note } },
    }));
    const before = reader.messages.length;
    for (const [index, batch] of flood.entries()) {
      loops.tell('demo', batch);
      await reader.has(before + index + 1);
    }
    stuck.socket.resume();
    const lastContext = () => contexts(stuck.messages).at(-1);
    await vi.waitFor(() => expect(lastContext()).toMatchObject({ index: 399 }));
    expect(contexts(reader.messages).length).toBeGreaterThan(400);
    // 20 MB were told; what the kernel keeps for a connection and 1 MB of ours is less than half of it.
    expect(contexts(stuck.messages).length).toBeLessThan(200);
    expect(stuck.messages.at(-1)?.type).toBe('@xstate.actor');
  });

  it('lets go of a client that answers no more', async () => {
    const { loops, port, url } = await serve({ heartbeatMs: 20 });
    const living = new Listener(url);
    await vi.waitFor(() => expect(loops.audiences.size).toBe(1));
    const dead = connect(port, '127.0.0.1');
    dead.write(
      [
        `GET /stately/ws?token=${TOKEN} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      ].join('\r\n'),
    );
    dead.resume();
    await new Promise((resolve) => dead.once('close', resolve));
    expect(living.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('has room for fifty', async () => {
    const { port, url } = await serve();
    const all = Array.from({ length: 50 }, () => new Listener(url));
    await Promise.all(
      all.map(({ socket }) => new Promise((resolve) => socket.once('open', resolve))),
    );
    expect(await knock(port)).toBe(503);
    all[0]?.socket.close();
    await all[0]?.closed;
    await vi.waitFor(async () => expect(await knock(port)).toBe(101));
  });

  it('tells its clients when it ends', async () => {
    const { loops, relay, url } = await serve();
    const client = new Listener(url);
    await vi.waitFor(() => expect(loops.audiences.size).toBe(1));
    relay.close();
    expect(await client.closed).toBe(1001);
    expect(loops.audiences.size).toBe(0);
  });
});

function contexts(messages: readonly StatelyInspectionEvent[]): unknown[] {
  return messages.flatMap((message) =>
    message.type !== '@xstate.event' && 'context' in message.snapshot
      ? [message.snapshot.context]
      : [],
  );
}
