import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AutoloopError } from '../../src/domain/error.ts';
import { PageServer } from '../../src/inspect/server/page-server.ts';
import { ask, servePage, ToldLoops, type Asked, type ServedPage } from './served-page.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const PAUSE = '{"command":"pause"}';

function bearer(token: string): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${token}` };
}

async function statusOf({ server }: ServedPage, asked: Asked): Promise<number> {
  const { status } = await ask(server.port, asked);
  return status;
}

describe('the server of the inspector', () => {
  it('gives the page to whoever asks, and nothing in it is a secret', async () => {
    const page = await servePage(new ToldLoops([{ kind: 'loops', loops: [] }]));
    const { status, headers, text } = await ask(page.server.port, {});
    expect(status).toBe(200);
    expect(text).not.toContain(page.token);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    for (const rule of [
      "default-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "connect-src 'self'",
    ]) {
      expect(policy.split('; ')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
    expect(page.loops.watched).toEqual([]);
  });

  it('wants the token for all else, and the whole of it', async () => {
    const page = await servePage();
    const path = '/api/machine';
    const { token } = page;
    for (const authorization of [
      ...['', 'Bearer', 'Bearer ', `Bearer ${token.slice(1)}`, `Bearer ${token}x`],
      ...[`Basic ${token}`, token, `Bearer ${'x'.repeat(token.length)}`],
    ]) {
      const headers = authorization === '' ? {} : { Authorization: authorization };
      expect(await statusOf(page, { path, headers }), authorization).toBe(401);
      const steer = { method: 'POST', path: '/api/loops/demo/steer', body: PAUSE };
      expect(await statusOf(page, { ...steer, headers: { ...headers, ...JSON_TYPE } })).toBe(401);
    }
    expect(await statusOf(page, { path: `${path}?token=${token}` })).toBe(401);
    expect(await statusOf(page, { path, headers: bearer(token) })).toBe(200);
    expect(page.loops.steered).toEqual([]);
  });

  it('makes a token of 256 bits at each start', async () => {
    const tokens = [(await servePage()).token, (await servePage()).token];
    expect(new Set(tokens).size).toBe(2);
    expect(tokens.map((token) => Buffer.from(token, 'base64url').length)).toEqual([32, 32]);
  });

  it('answers by its own address alone: a name that was bound to it anew is refused', async () => {
    const page = await servePage();
    const { port } = page.server;
    const headers = bearer(page.token);
    for (const host of [
      ...['evil.example', `evil.example:${port}`, `127.0.0.1:${port + 1}`, '127.0.0.1'],
      ...[`127.0.0.1:${port}.evil.example`, `[::1]:${port}`, `0.0.0.0:${port}`],
    ]) {
      for (const path of ['/', '/api/machine', '/api/news']) {
        expect(await statusOf(page, { path, headers: { ...headers, Host: host } }), host).toBe(403);
      }
    }
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect(
        await statusOf(page, { path: '/api/machine', headers: { ...headers, Host: host } }),
      ).toBe(200);
    }
  });

  it('refuses what another page asks, though it had the token', async () => {
    const page = await servePage();
    const own = `http://127.0.0.1:${page.server.port}`;
    const foreign = [
      { Origin: 'http://evil.example' },
      { Origin: 'null' },
      { Origin: `http://127.0.0.1:${page.server.port + 1}` },
      { Origin: `https://127.0.0.1:${page.server.port}` },
      { Origin: `${own}.evil.example` },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
    ];
    const steer = { method: 'POST', path: '/api/loops/demo/steer', body: PAUSE };
    for (const more of foreign) {
      const headers = { ...bearer(page.token), ...JSON_TYPE, ...more };
      expect(await statusOf(page, { path: '/api/machine', headers }), JSON.stringify(more)).toBe(
        403,
      );
      expect(await statusOf(page, { ...steer, headers }), JSON.stringify(more)).toBe(403);
    }
    expect(page.loops.steered).toEqual([]);
    const headers = {
      ...bearer(page.token),
      ...JSON_TYPE,
      Origin: own,
      'Sec-Fetch-Site': 'same-origin',
    };
    expect(await statusOf(page, { ...steer, headers })).toBe(200);
    expect(page.loops.steered).toEqual([['demo', 'pause']]);
  });

  it('lets a link from elsewhere lead to the page, and no frame', async () => {
    const page = await servePage();
    const from = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect(await statusOf(page, { headers: { ...from, 'Sec-Fetch-Dest': 'document' } })).toBe(200);
    expect(await statusOf(page, { headers: { ...from, 'Sec-Fetch-Dest': 'iframe' } })).toBe(403);
    const headers = { ...from, ...bearer(page.token), 'Sec-Fetch-Dest': 'document' };
    expect(await statusOf(page, { path: '/api/machine', headers })).toBe(403);
  });

  it('has no way in but its own', async () => {
    const page = await servePage();
    const headers = bearer(page.token);
    for (const path of [
      ...['/index.html', '/api', '/api/', '/api/machine/', '/favicon.ico', '/inspector.js'],
      ...['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '//etc/passwd'],
      ...['/api/loops/demo', '/api/loops//steer/x', '/api/loops/a/b/steer'],
    ]) {
      expect(await statusOf(page, { path, headers }), path).toBe(404);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']) {
      expect(await statusOf(page, { method, headers }), method).toBe(405);
    }
    expect(await statusOf(page, { path: '/api/loops/demo/steer', headers })).toBe(405);
    expect(await statusOf(page, { path: '/api/loops/%ff/steer', headers, method: 'POST' })).toBe(
      400,
    );
    expect(page.failures).toEqual([]);
  });

  it('takes a loop by its name, whatever is in it, and never as a path', async () => {
    const page = await servePage();
    const headers = { ...bearer(page.token), ...JSON_TYPE };
    const names = ['../../etc', '..', 'a/b', '<img src=x>', 'ä ö', '%'];
    for (const name of names) {
      const path = `/api/loops/${encodeURIComponent(name).replaceAll('.', '%2E')}/steer`;
      // What a browser and a server take for a step up is none of ours.
      const expected = name === '..' ? 404 : 200;
      expect(await statusOf(page, { method: 'POST', path, headers, body: PAUSE }), name).toBe(
        expected,
      );
    }
    expect(page.loops.steered.map(([name]) => name)).toEqual(names.filter((name) => name !== '..'));
  });

  it('reads no more than it needs, and only JSON', async () => {
    const page = await servePage();
    const steer = { method: 'POST', path: '/api/loops/demo/steer' };
    const headers = { ...bearer(page.token), ...JSON_TYPE };
    const large = `{"command":"pause","more":"${'x'.repeat(9_000)}"}`;
    const length = { 'Content-Length': String(large.length) };
    expect(
      await statusOf(page, { ...steer, headers: { ...headers, ...length }, body: large }),
    ).toBe(413);
    const pieces = [large.slice(0, 3_000), large.slice(3_000)];
    expect(await statusOf(page, { ...steer, headers, body: pieces })).toBe(413);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const sent = { ...bearer(page.token), ...(type && { 'Content-Type': type }) };
      expect(await statusOf(page, { ...steer, headers: sent, body: PAUSE }), type).toBe(415);
    }
    for (const body of [
      ...['', '{', 'null', '[]', '"pause"', '{}', '{"command":null}', '{"command":"rm"}'],
      ...['{"command":["pause"]}', '{"command":"constructor"}'],
    ]) {
      expect(await statusOf(page, { ...steer, headers, body }), body).toBe(400);
    }
    expect(page.loops.steered).toEqual([]);
    expect(page.failures).toEqual([]);
  });

  it('hands over a connection of another protocol only to its own page', async () => {
    const taken: string[] = [];
    const upgrade = {
      path: '/stately',
      take: (_: unknown, socket: { end: (text: string) => void }) => {
        taken.push('taken');
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      },
    };
    const { server } = await servePage(new ToldLoops(), [upgrade]);
    const own = `127.0.0.1:${server.port}`;
    const said = [
      await upgraded(server.port, { path: '/stately', host: own, origin: 'http://evil.example' }),
      await upgraded(server.port, {
        path: '/stately',
        host: 'evil.example',
        origin: `http://${own}`,
      }),
      await upgraded(server.port, { path: '/other', host: own, origin: `http://${own}` }),
    ];
    expect(said).toEqual(['HTTP/1.1 403', 'HTTP/1.1 403', 'HTTP/1.1 404']);
    expect(taken).toEqual([]);
    expect(
      await upgraded(server.port, { path: '/stately', host: own, origin: `http://${own}` }),
    ).toBe('HTTP/1.1 101');
  });

  it('holds a bounded amount for a browser that does not read, and then tells it how things are', async () => {
    const loops = new ToldLoops();
    const page = await servePage(loops);
    const socket = connect(page.server.port, '127.0.0.1');
    const head = `Host: 127.0.0.1:${page.server.port}\r\nAuthorization: Bearer ${page.token}`;
    socket.write(`GET /api/news?loop=demo HTTP/1.1\r\n${head}\r\n\r\n`);
    socket.pause();
    await expect.poll(() => loops.watchers).toBe(1);
    const lines = ['x'.repeat(100_000)];
    // More than a browser may leave unread.
    loops.whole = [
      ...Array.from({ length: 8 }, () => ({
        ...{ kind: 'output' as const, output: { iteration: 6, lines } },
      })),
      { kind: 'output', output: { iteration: 7, lines: ['how things are'] } },
    ];
    for (let told = 0; told < 400; told += 1) {
      loops.tell({ kind: 'output', output: { iteration: 1, lines } });
    }
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.resume();
    await expect.poll(() => text.includes('how things are'), { timeout: 10_000 }).toBe(true);
    // 40 MB were told. What the system itself takes is part of it.
    expect(text.length).toBeLessThan(12_000_000);
    socket.destroy();
    await expect.poll(() => loops.watchers).toBe(0);
  });

  it('tells what a run did, or why it cannot', async () => {
    const page = await servePage();
    const asked = { path: '/api/loops/demo/history', headers: bearer(page.token) };
    expect(await ask(page.server.port, asked)).toMatchObject({
      status: 404,
      text: expect.stringContaining('No journal of this loop'),
    });
    const step = {
      n: 1,
      at: 1,
      event: { type: 'loop.start' },
      state: 'idle',
      taken: [],
      changed: {},
    };
    page.loops.past = { runId: 'run', left: 0, context: {}, steps: [step], trouble: null };
    expect(JSON.parse((await ask(page.server.port, asked)).text)).toEqual(page.loops.past);
    page.loops.past = new AutoloopError({ code: 156, message: 'The journal cannot be replayed.' });
    expect(await ask(page.server.port, asked)).toMatchObject({
      status: 422,
      text: expect.stringContaining('The journal cannot be replayed.'),
    });
    page.loops.past = new Error('a bug, with a path of ours');
    const answer = await ask(page.server.port, asked);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('a path of ours');
    expect(page.failures).toEqual([page.loops.past]);
  });

  it('serves twenty open pages, and says so to the next', async () => {
    const page = await servePage();
    const sockets = Array.from({ length: 21 }, () => {
      const socket = connect(page.server.port, '127.0.0.1');
      const head = `Host: 127.0.0.1:${page.server.port}\r\nAuthorization: Bearer ${page.token}`;
      socket.write(`GET /api/news HTTP/1.1\r\n${head}\r\n\r\n`);
      return { socket, said: once(socket, 'data').then(([bytes]) => String(bytes).slice(9, 12)) };
    });
    const said = await Promise.all(sockets.map((one) => one.said));
    expect(said.toSorted()).toEqual([...Array.from({ length: 20 }, () => '200'), '503']);
    sockets.forEach(({ socket }) => socket.destroy());
    await expect.poll(() => page.loops.watchers).toBe(0);
  });

  it('lets go of who holds a connection and asks nothing, and of nobody who waits for news', async () => {
    const loops = new ToldLoops();
    const page = await servePage(loops, [], 100);
    const idle = connect(page.server.port, '127.0.0.1');
    const waiting = connect(page.server.port, '127.0.0.1').setEncoding('utf8');
    let text = '';
    waiting.on('data', (chunk: string) => (text += chunk));
    const head = `Host: 127.0.0.1:${page.server.port}\r\nAuthorization: Bearer ${page.token}`;
    waiting.write(`GET /api/news HTTP/1.1\r\n${head}\r\n\r\n`);
    await expect.poll(() => loops.watchers).toBe(1);
    await once(idle.resume(), 'close');
    const later = connect(page.server.port, '127.0.0.1');
    await once(later.resume(), 'close');
    loops.tell({ kind: 'output', output: { iteration: 7, lines: ['still told'] } });
    await expect.poll(() => text).toContain('still told');
    waiting.destroy();
  });

  it('says what to do where its port is taken', async () => {
    const { server } = await servePage();
    const second = new PageServer({ token: 'x', port: server.port, routes: [], failed: () => {} });
    await expect(second.listen()).rejects.toMatchObject({
      code: 155,
      message: `Port ${server.port} of this machine is taken.`,
      fix: expect.stringContaining('leave --port out'),
    });
  });
});

/** The first words of the answer. */
function upgraded(
  port: number,
  { path, host, origin }: { path: string; host: string; origin: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(text.slice(0, 12)));
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
  });
}
