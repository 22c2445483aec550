import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { servePage, ToldLoops, type ServedPage } from '../inspect/served-page.ts';
import { batchOf, statusOf, toldLoop } from '../inspect/told-loop.ts';
import { BROWSER, openBrowser } from './browser.ts';

const HOSTILE = `</script><script>document.title='owned'</script><img src="http://127.0.0.1:9/x" onerror="document.title='owned'"><svg onload="document.title='owned'"><a href="javascript:document.title='owned'">x</a>`;
/** The machine may be busy. */
const PATIENTLY = { timeout: 20_000 };

interface Seen {
  readonly page: Page;
  /** Of the console, and errors. */
  readonly said: string[];
  /** To other places than the inspector. */
  readonly strangers: string[];
}

const words = BROWSER === null ? 'needs a browser: apt-get install chromium' : 'in a browser';

describe.skipIf(BROWSER === null)(`the page of the inspector, ${words}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function open(
    { url, token }: ServedPage,
    { hash = `token=${token}`, ...options }: BrowserContextOptions & { hash?: string } = {},
  ): Promise<Seen> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(12_000);
    const said: string[] = [];
    const strangers: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) {
        strangers.push(request.url());
      }
    });
    await page.goto(`${url}/#${hash}`);
    return { page, said, strangers };
  }

  it('shows what others wrote as text, whatever it is, and asks nobody else', async () => {
    const name = HOSTILE.replaceAll('/', '-');
    const served = await servePage(new ToldLoops(toldLoop(name, HOSTILE)));
    const { page, said, strangers } = await open(served);
    await page.getByText('first line').waitFor();
    await expect.poll(() => page.title(), PATIENTLY).toContain('<script>');
    for (const key of ['1', '2', '3']) {
      await page.keyboard.press(key);
      const told = page.locator('.panel:visible').getByText('onerror');
      await told.filter({ visible: true }).first().waitFor();
      await page.locator('.panel:visible summary').first().click();
    }
    expect(await page.locator('main').innerText()).toContain('<img src=');
    expect(await page.locator('img, iframe, a[href^="javascript"], [onload]').count()).toBe(0);
    await page.getByRole('button', { name: 'Force stop' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Force stop' }).click();
    await page.getByText('force-stop was heard').waitFor();
    expect(served.loops.steered).toEqual([[name, 'force-stop']]);
    expect(await page.title()).not.toBe('owned');
    expect([said, strangers]).toEqual([[], []]);
  });

  it('keeps the token out of the address bar, and is shown nothing without it', async () => {
    const served = await servePage(new ToldLoops(toldLoop('demo', 'words')));
    const { page } = await open(served);
    await page.getByText('first line').waitFor();
    expect(page.url()).toBe(`${served.url}/#loop=demo`);
    await page.reload();
    await page.getByText('first line').waitFor();
    const stranger = await open(served, { hash: 'loop=demo' });
    await stranger.page.getByText('the whole address').waitFor();
    const late = await open(served, { hash: 'token=of-another-start' });
    await late.page.getByText('has ended').waitFor();
    expect(await late.page.locator('main').innerText()).not.toContain('first line');
    for (const { page: again } of [stranger, late]) {
      await again.goto(`${served.url}/#token=${served.token}`);
      await again.getByText('first line').waitFor();
    }
  });

  it('is of no use to a page of somebody else, though it knew the token', async () => {
    const served = await servePage(new ToldLoops(toldLoop('demo', 'words')));
    const evil = await serveHtml('<!doctype html><title>evil</title>');
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(evil);
    const got = await page.evaluate(attack(served));
    expect(got).toEqual({
      ...{ read: 'TypeError', simple: 'TypeError', steer: 'TypeError', form: 'TypeError' },
      ...{ socket: 'error', framed: 'nothing' },
    });
    expect(served.loops.steered).toEqual([]);
    expect(served.loops.watched).toEqual([]);
  });

  it('is used with the keyboard alone', async () => {
    const served = await servePage(new ToldLoops(toldLoop('demo', 'words')));
    const { page, said } = await open(served);
    await page.getByText('first line').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: 'Pause “demo”?' });
    await dialog.getByText('Iteration 2 is finished first').waitFor();
    await page.keyboard.press('Escape');
    expect(served.loops.steered).toEqual([]);
    await page.keyboard.press('p');
    await page.keyboard.press('Enter');
    await dialog.getByText('pause was heard').waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(served.loops.steered).toEqual([['demo', 'pause']]);
    await page.keyboard.press('/');
    await page.keyboard.type('nothing like it');
    await page.getByText('No event is like that.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect.poll(() => served.loops.watched.at(-1), PATIENTLY).toBe('demo the other');
    const nameless = await page
      .locator('button:visible, a:visible, input:visible, [tabindex="0"]:visible')
      .evaluateAll(
        (all) => all.filter((one) => !(one.getAttribute('aria-label') ?? one.textContent)).length,
      );
    expect([nameless, said]).toEqual([0, []]);
  });

  it('fits the narrowest phone', async () => {
    const served = await servePage(
      new ToldLoops(toldLoop('demo', 'word '.repeat(80) + 'x'.repeat(300))),
    );
    const { page } = await open(served, { viewport: { width: 320, height: 640 } });
    await page.getByText('first line').waitFor();
    for (const key of ['1', '2', '3']) {
      await page.keyboard.press(key);
      await page.locator('.panel:visible').waitFor();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
    }
  });

  it('says what to do where no loop has run', async () => {
    const served = await servePage(new ToldLoops([{ kind: 'loops', loops: [] }]));
    const { page } = await open(served);
    await page.getByRole('heading', { name: 'No loop has run here yet' }).waitFor();
    served.loops.whole = toldLoop('demo', 'words');
    toldLoop('demo', 'words').forEach((news) => served.loops.tell(news));
    await page.getByText('first line').waitFor();
    expect(await page.getByRole('heading', { name: 'No loop' }).isVisible()).toBe(false);
  });

  it('goes on by itself when the inspector is gone for a while', async () => {
    const served = await servePage(new ToldLoops(toldLoop('demo', 'words')));
    const { page } = await open(served);
    await page.getByText('first line').waitFor();
    await page.route('**/api/**', (route) => route.abort());
    served.server.dropAll();
    await page.getByText('The inspector does not answer').waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(false);
    await page.unroute('**/api/**');
    await page.getByText('The inspector does not answer').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('marks where the machine is and which way it came, and keeps no more than it shows', async () => {
    const served = await servePage(new ToldLoops(toldLoop('demo', 'words')));
    const { page, said } = await open(served);
    const here = page.locator('[data-state="running.working"]');
    await expect.poll(() => here.getAttribute('class'), PATIENTLY).toContain('is-here');
    const row = page.locator('.row[data-edges="running.launching:worker.started:1"]');
    await expect.poll(() => row.getAttribute('class'), PATIENTLY).toContain('is-taken');
    const status = statusOf('demo', 'words');
    const news = Array.from({ length: 600 }, (_, at) => ({
      ...({ type: 'event', at: Date.now(), source: 'x:0', target: 'x:1' } as const),
      event: { type: `flood.${at}` },
    }));
    served.loops.tell(batchOf(status, { active: ['prompting'], text: 'words', news }));
    await page.getByText('flood.599').waitFor();
    expect(await page.locator('.messages li').count()).toBe(500);
    expect(await here.getAttribute('class')).toContain('is-visited');
    expect(await here.getAttribute('class')).not.toContain('is-here');
    expect(said).toEqual([]);
  });
});

/** A server of its own, and so another origin. */
async function serveHtml(html: string): Promise<string> {
  const server: Server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(html);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}/`;
}

/** All that a page can try against another origin; what it came to. */
function attack({ url, token }: ServedPage): string {
  const headers = `{ Authorization: 'Bearer ${token}' }`;
  return `(async () => {
    const how = (promise) => promise.then((response) => response.type, (error) => error.name);
    const body = '{"command":"pause"}';
    const steer = '${url}/api/loops/demo/steer';
    const frame = document.createElement('iframe');
    frame.src = '${url}/#token=${token}';
    const loaded = new Promise((resolve) => { frame.onload = resolve; });
    document.body.append(frame);
    await loaded;
    let framed = 'nothing';
    try { framed = frame.contentDocument.body.textContent || 'nothing'; } catch { }
    return {
      read: await how(fetch('${url}/api/machine', { headers: ${headers} })),
      simple: await how(fetch('${url}/api/news?loop=demo', { mode: 'no-cors' })),
      steer: await how(fetch(steer, { method: 'POST', headers: { ...${headers}, 'Content-Type': 'application/json' }, body })),
      form: await how(fetch(steer, { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body })),
      socket: await new Promise((resolve) => {
        const socket = new WebSocket('${url.replace('http', 'ws')}/stately?token=${token}');
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('error');
      }),
      framed,
    };
  })()`;
}
