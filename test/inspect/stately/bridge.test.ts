import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StatelyInspectionEvent } from '@statelyai/inspect';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { BROWSER, openBrowser } from '../../cli-reading/browser.ts';
import type { InspectionBatch } from '../../../src/domain/inspection.ts';
import { PageServer } from '../../../src/inspect/server/page-server.ts';
import { bridgePage } from '../../../src/inspect/stately/bridge-page.ts';
import { StatelyRelay } from '../../../src/inspect/stately/stately-relay.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { at, InspectedLoop, ITERATION, START } from './inspected-loop.ts';
import { LoopsByHand } from './loops-by-hand.ts';

const TOKEN = 'token-of-this-test';
const words = BROWSER === null ? 'needs a browser: apt-get install chromium' : 'in a browser';

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, format: 'iife', write: false },
    ...{ platform: 'browser', conditions: ['browser', 'worker'] },
  });
  return outputFiles[0]?.text ?? '';
}

/** Stands for stately.ai: a page of another origin. */
async function serveInspector(script: string): Promise<URL> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!doctype html><title>UI</title><script>${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/inspect`);
}

describe.skipIf(BROWSER === null)(
  `the page that shows loops in Stately's inspector, ${words}`,
  () => {
    let browser: Browser;
    let context: BrowserContext;
    let script: string;
    let ui: string;
    beforeAll(async () => {
      [browser, script, ui] = await Promise.all([
        openBrowser(),
        bundled('src/inspect/browser/stately/main.ts'),
        bundled('test/inspect/stately/programs/stately-ui.ts'),
      ]);
      context = await browser.newContext();
    });
    afterAll(() => browser.close());

    async function open({ token = TOKEN, inspector = null as URL | null } = {}) {
      const shown = inspector ?? (await serveInspector(ui));
      const loops = new LoopsByHand();
      const relay = new StatelyRelay({
        ...{ token: TOKEN, loops, definition: () => '{"id":"loop"}', now: () => at },
        redactor: createRedactor([{ name: 'FAKE_TOKEN', value: 'hidden-value-1' }]),
      });
      const routes = [bridgePage({ script, inspector: shown })];
      const failed = (error: unknown) => expect.unreachable(String(error));
      const server = new PageServer({
        token: TOKEN,
        port: null,
        routes,
        upgrades: [relay],
        failed,
      });
      await server.listen();
      const page = await context.newPage();
      onTestFinished(async () => {
        await page.close();
        relay.close();
        server.close();
      });
      const [said, requests]: string[][] = [[], []];
      page.on('console', (message) => said?.push(message.text()));
      page.on('pageerror', (error) => said?.push(error.message));
      page.on('request', (request) => requests?.push(request.url()));
      await page.clock.install();
      await page.goto(`http://127.0.0.1:${server.port}/stately#token=${token}`);
      const socketUrl = `ws://127.0.0.1:${server.port}/stately/ws?token=${TOKEN}`;
      return { page, loops, inspector: shown, said, requests, socketUrl };
    }

    it('loads and hands over nothing before its user says so, and nothing after', async () => {
      const { page, loops, inspector, said, requests } = await open();
      const text = await page.locator('main').innerText();
      expect(text).toContain('states, machine events and context of every living loop');
      expect(text).toContain(inspector.host);
      expect(new URL(page.url())).toMatchObject({ pathname: '/stately', hash: '' });
      const local = page.getByRole('link', { name: 'the inspector of autoloop' });
      expect(await local.getAttribute('href')).toBe(`/#token=${TOKEN}`);
      await page.evaluate(() => postMessage({ type: '@statelyai.connected' }));
      expect(requests).toHaveLength(1);
      await page.getByRole('button', { name: 'show my loops' }).click();
      await vi.waitFor(() => expect(loops.audiences.size).toBe(1));
      expect(requests).toContain(inspector.href);
      await page.getByRole('button', { name: 'Stop' }).click();
      await vi.waitFor(() => expect(loops.audiences.size).toBe(0));
      expect(await page.locator('iframe').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'show my loops' }).isVisible()).toBe(true);
      expect(said).toEqual([]);
    });

    it("hands Stately's own receiver a whole iteration, state by state, and no secret", async () => {
      const loop = new InspectedLoop(42);
      await loop.play(START, ...ITERATION);
      vi.useRealTimers();
      const { page, loops, inspector } = await open();
      const [first, ...others] = loop.batches.map(withSecret);
      loops.living.set('demo', first as InspectionBatch);
      await page.getByRole('button', { name: 'show my loops' }).click();
      await page.getByRole('status').getByText('is handed what your loops do').waitFor();
      others.forEach((batch) => loops.tell('demo', batch));
      const steps = others.flatMap(({ news }) => news.filter((item) => item.type === 'step'));
      const frame = page.frames().find((other) => other.url() === inspector.href);
      const received = () =>
        frame!.evaluate(
          () => (globalThis as unknown as { received: StatelyInspectionEvent[] }).received,
        );
      const values = (messages: readonly StatelyInspectionEvent[]) =>
        messages.flatMap((message) =>
          message.type === '@xstate.snapshot' && 'value' in message.snapshot
            ? [message.snapshot.value]
            : [],
        );
      await vi.waitFor(async () => expect(values(await received())).toHaveLength(steps.length));
      const messages = await received();
      expect(values(messages)).toEqual(steps.map(({ machine }) => machine.value));
      expect(messages[0]).toMatchObject({ type: '@xstate.actor', name: 'demo' });
      const text = JSON.stringify(messages);
      expect(text).toContain('[REDACTED:');
      expect(text).not.toContain('hidden-value-1');
      await frame!.goto(inspector.href);
      await vi.waitFor(async () => expect(await loaded(page, inspector)).toBeGreaterThan(0));
    });

    it('says so when the inspector does not answer, and what else can connect', async () => {
      const { page, loops, socketUrl } = await open({
        inspector: new URL('http://127.0.0.1:9/inspect'),
      });
      await page.getByRole('button', { name: 'show my loops' }).click();
      const status = page.getByRole('status');
      expect(await status.innerText()).toBe('Loading 127.0.0.1:9 …');
      await page.clock.fastForward(10_000);
      await status.getByText('127.0.0.1:9 does not answer').waitFor();
      expect(await status.innerText()).toContain(socketUrl);
      expect(loops.audiences.size).toBe(0);
    });

    it('asks for the whole address where its token is missing, and says so where it is wrong', async () => {
      const { page, loops } = await open({ token: '' });
      expect(await page.locator('main').innerText()).toContain('its token is wanted');
      expect(await page.getByRole('button', { name: 'show my loops' }).isDisabled()).toBe(true);
      await page.evaluate(() => {
        location.hash = 'token=another';
        location.reload();
      });
      await page.getByRole('button', { name: 'show my loops' }).click();
      await page.getByRole('status').getByText('autoloop inspect does not answer').waitFor();
      expect(loops.audiences.size).toBe(0);
    });

    it('keeps the inspector, and every other page, from connecting themselves', async () => {
      const { page, loops, inspector, socketUrl } = await open();
      await page.goto(inspector.href);
      const end = await page.evaluate(
        (url) =>
          new Promise((resolve) => {
            const socket = new WebSocket(url);
            socket.addEventListener('open', () => resolve('open'));
            socket.addEventListener('close', () => resolve('closed'));
          }),
        socketUrl,
      );
      expect(end).toBe('closed');
      expect(loops.audiences.size).toBe(0);
    });
  },
);

function withSecret(batch: InspectionBatch): InspectionBatch {
  const text = JSON.stringify(batch).replaceAll('"svc"', '"svc hidden-value-1"');
  return JSON.parse(text) as InspectionBatch;
}

/** What a page that was loaded anew has been told. */
async function loaded(page: Page, { href }: URL): Promise<number> {
  const frame = page.frames().find((other) => other.url() === href);
  return (
    (await frame?.evaluate(
      () => (globalThis as unknown as { received?: unknown[] }).received?.length,
    )) ?? 0
  );
}
