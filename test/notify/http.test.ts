import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { channelTo, notifierPlan } from './notifier-plan.ts';
import { notification } from './notifications.ts';
import { useReceiver } from './receiver.ts';

const NEVER = new AbortController().signal;

describe('a webhook', () => {
  it('gets the notification as JSON, under an id of its own', async () => {
    const receiver = await useReceiver(204);
    const told = notification();
    const sent = await channelTo(`${receiver.url}/hook?to=ada`).send(told, NEVER);
    expect(sent).toEqual({ sent: true });
    const [request] = receiver.received;
    expect(request).toMatchObject({ method: 'POST', path: '/hook?to=ada' });
    expect(JSON.parse(request?.body ?? '')).toEqual(told);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': told.id,
    });
    expect(request?.headers['webhook-signature']).toBeUndefined();
  });

  it.each([
    { secret: 'kept by both of us', key: Buffer.from('kept by both of us') },
    ...[randomBytes(32)].map((key) => ({ secret: `whsec_${key.toString('base64')}`, key })),
  ])('is signed with the secret of the environment, over id, time and body', async (row) => {
    const receiver = await useReceiver();
    const environment = { AUTOLOOP_NOTIFY_SECRET: row.secret };
    await channelTo(receiver.url, notifierPlan([], { environment })).send(notification(), NEVER);
    const [request] = receiver.received;
    const headers: IncomingHttpHeaders = request?.headers ?? {};
    const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']].map(String);
    const signed = `${id}.${timestamp}.${request?.body}`;
    const expected = createHmac('sha256', row.key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(60);
    expect(JSON.stringify(receiver.received)).not.toContain(row.secret);
  });

  it('gets the login of its URL as a header', async () => {
    const receiver = await useReceiver();
    const url = receiver.url.replace('//', '//ada:p%40ss@');
    await channelTo(`${url}/hook`).send(notification(), NEVER);
    const expected = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`;
    expect(receiver.received[0]?.headers.authorization).toBe(expected);
  });
});

describe('what a receiver answers', () => {
  it.each([500, 502, 503, 408, 425, 429])('%i: another try may help', async (status) => {
    const receiver = await useReceiver(status);
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: false, why: `it answered ${status}` });
  });

  it.each([400, 401, 403, 404, 410])('%i: no other try helps', async (status) => {
    const receiver = await useReceiver(status);
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: true });
  });

  it('may ask for time, in seconds or by a date', async () => {
    const later = new Date(Date.now() + 90_000).toUTCString();
    for (const [header, ms] of [
      ['7', 7_000],
      [later, 90_000],
    ] as const) {
      const receiver = await useReceiver((response) =>
        response.writeHead(429, { 'retry-after': header }).end(),
      );
      const delivery = await channelTo(receiver.url).send(notification(), NEVER);
      const asked = 'retryAfterMs' in delivery ? (delivery.retryAfterMs ?? 0) : 0;
      expect(Math.abs(asked - ms)).toBeLessThan(30_000);
      expect(asked).toBeGreaterThan(0);
    }
  });

  it('is told in a few of its words, without secrets', async () => {
    const receiver = await useReceiver((response) =>
      response.writeHead(404).end('no_service\nfor password=hunter2hunter2'),
    );
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ why: expect.stringContaining('it answered 404 (no_service') });
    expect(JSON.stringify(delivery)).not.toContain('hunter2');
  });

  it('may go on for ever: little of it is read', async () => {
    const flood = 'x'.repeat(65_536);
    let isGone = false;
    const receiver = await useReceiver((response) => {
      response.writeHead(500).on('close', () => (isGone = true));
      const pour = (): void => void response.write(flood, () => isGone || setImmediate(pour));
      pour();
    });
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: false });
    expect(JSON.stringify(delivery).length).toBeLessThan(300);
  });
});

describe('a redirect', () => {
  it('is followed on the same host, with the same request', async () => {
    const receiver = await useReceiver(
      (response) => response.writeHead(307, { location: '/there' }).end(),
      200,
    );
    const delivery = await channelTo(`${receiver.url}/here`).send(notification(), NEVER);
    expect(delivery).toEqual({ sent: true });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/here', '/there']);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  });

  it.each([301, 302, 303, 307, 308])('to another host is not followed (%i)', async (status) => {
    const other = await useReceiver();
    const elsewhere = other.url.replace('127.0.0.1', 'localhost');
    const receiver = await useReceiver((response) =>
      response.writeHead(status, { location: `${elsewhere}/secret-place` }).end(),
    );
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    const why = `it redirects to ${elsewhere.slice(7)} (${status}), which is not followed`;
    expect(delivery).toMatchObject({ sent: false, isFinal: true, why });
    expect(other.received).toEqual([]);
  });

  it('in a circle comes to an end', async () => {
    const receiver = await useReceiver((response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: true });
    expect(receiver.received).toHaveLength(4);
  });
});

describe('no answer', () => {
  it('is told where the connection is refused', async () => {
    const delivery = await channelTo('http://127.0.0.1:1/hook/abcdef1234567890').send(
      notification(),
      NEVER,
    );
    const why = 'it refused the connection';
    expect(delivery).toEqual({ sent: false, isFinal: false, retryAfterMs: null, why });
  });

  it('is told where the connection breaks off', async () => {
    const receiver = await useReceiver((response) => void response.socket?.destroy());
    const delivery = await channelTo(receiver.url).send(notification(), NEVER);
    expect(delivery).toMatchObject({ sent: false, isFinal: false });
  });

  it('is given up as soon as the runner ends', async () => {
    const receiver = await useReceiver('hangs');
    const ending = new AbortController();
    const sending = channelTo(receiver.url).send(notification(), ending.signal);
    await receiver.requests(1);
    ending.abort();
    expect(await sending).toMatchObject({
      sent: false,
      why: 'the runner ended before it answered',
    });
  });
});

describe('a proxy of the environment', () => {
  it('is gone through, but not to this machine itself', async () => {
    const proxy = await useReceiver();
    const receiver = await useReceiver();
    const plan = notifierPlan([], { environment: { http_proxy: proxy.url } });
    const send = (url: string) => channelTo(url, plan).send(notification(), NEVER);
    expect(await send('http://hooks.invalid/there')).toEqual({ sent: true });
    expect(await send(`${receiver.url}/here`)).toEqual({ sent: true });
    expect(proxy.received.map(({ path }) => path)).toEqual(['http://hooks.invalid/there']);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/here']);
  });
});

describe('Slack', () => {
  it('gets a text that links nothing and calls nobody', async () => {
    const receiver = await useReceiver();
    const text = 'fails: <!channel> & @here <https://evil|x>';
    await channelTo(`slack:${receiver.url}/services/T/B/K`).send(notification({ text }), NEVER);
    const body: { text: string } = JSON.parse(receiver.received[0]?.body ?? '');
    expect(Object.keys(body)).toEqual(['text']);
    expect(body.text).toContain('*night: breaker open*');
    expect(body.text).toContain('&lt;!channel&gt; &amp; @\u200bhere &lt;https');
    expect(receiver.received[0]?.path).toBe('/services/T/B/K');
  });
});

describe('ntfy', () => {
  it('gets the sentence as a message, the rest as headers', async () => {
    const receiver = await useReceiver();
    const target = `ntfy:${receiver.url.slice('http:'.length)}/my-topic`;
    await channelTo(target).send(notification({ text: 'läuft nicht – see' }), NEVER);
    expect(receiver.received[0]).toMatchObject({
      path: '/my-topic',
      body: 'läuft nicht – see',
      headers: { title: 'night: breaker open', priority: '5', tags: 'rotating_light' },
    });
  });

  it('gets an access token, or a login, and a title that is not ASCII', async () => {
    const receiver = await useReceiver();
    const host = receiver.url.slice('http://'.length);
    await channelTo(`ntfy://tk_abc123@${host}/t`).send(notification({ title: 'ünö' }), NEVER);
    await channelTo(`ntfy://ada:secret@${host}/t`).send(notification(), NEVER);
    const [first, second] = receiver.received;
    expect(first?.headers.authorization).toBe('Bearer tk_abc123');
    expect(first?.headers['title']).toBe('=?UTF-8?B?w7xuw7Y=?=');
    expect(second?.headers.authorization).toMatch(/^Basic /);
  });
});
