import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER, openBrowser } from './browser.ts';
import { DataFolder } from './data-folder.ts';
import { folder, useCommand } from './use-command.ts';

const HOSTILE = `</script><script>document.title='owned'</script><img src="http://127.0.0.1:9/x" onerror="document.title='owned'"><a href="javascript:document.title='owned'">x</a>`;

/** Forty iterations over some hours, some of them bad, told by somebody who means harm. */
async function page(): Promise<string> {
  const cwd = folder();
  const data = new DataFolder(cwd);
  const lines = Array.from({ length: 40 }, (_, at) => {
    const timestamp = new Date(Date.UTC(2026, 10, 23, 10, at * 12)).toISOString();
    const outcome = at % 5 === 0 ? 'failed' : 'succeeded';
    return data.iteration(at + 1, { outcome, timestamp, duration: 60 + at });
  }).flat();
  const hostile = lines.map((line) =>
    line
      .replaceAll(/"item-1?\d"/g, JSON.stringify(HOSTILE))
      .replaceAll('"because failed"', JSON.stringify(HOSTILE))
      .replace('"report":"success"', `"report":"success","said":${JSON.stringify(HOSTILE)}`),
  );
  data.write(data.paths.events, hostile);
  const { out } = await useCommand('report', {
    cwd,
    globals: { task: 'prompt' },
    environment: { TZ: 'UTC' },
  });
  const path = join(cwd, 'report.html');
  writeFileSync(path, out);
  return path;
}

interface Seen {
  readonly page: Page;
  /** Of the console, and errors. */
  readonly said: string[];
  /** But for that of the page itself. */
  readonly requests: string[];
}

const words = BROWSER === null ? 'needs a browser: apt-get install chromium' : 'in a browser';

describe.skipIf(BROWSER === null)(`the page of a report, ${words}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function open(options: BrowserContextOptions = {}): Promise<Seen> {
    const path = await page();
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const opened = await context.newPage();
    const said: string[] = [];
    const requests: string[] = [];
    opened.on('console', (message) => said.push(message.text()));
    opened.on('pageerror', (error) => said.push(error.message));
    opened.on('request', (request) => requests.push(request.url()));
    await opened.goto(pathToFileURL(path).href);
    await opened.locator('canvas').nth(3).waitFor();
    return { page: opened, said, requests: requests.slice(1) };
  }

  it('loads nothing, says nothing, and does nothing that a target or an agent says', async () => {
    const { page: opened, said, requests } = await open();
    expect([said, requests]).toEqual([[], []]);
    expect(await opened.title()).toBe('Loop prompt');
    expect(await opened.locator('img, iframe, a[href^="javascript"]').count()).toBe(0);
    expect(await opened.locator('main').innerText()).toContain('<img src=');
  });

  it('draws its four charts, in the colours of light, dark and paper', async () => {
    const { page: opened } = await open({ colorScheme: 'light' });
    expect(await inks(opened)).toEqual(ON_LIGHT);
    await opened.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => inks(opened), PATIENTLY).toEqual(ON_DARK);
    await opened.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect.poll(() => inks(opened), PATIENTLY).toEqual(ON_LIGHT);
  });

  it('fits a phone, and its charts become as narrow', async () => {
    const { page: opened } = await open();
    await opened.setViewportSize({ width: 390, height: 844 });
    await expect
      .poll(
        () =>
          opened.locator('.uplot').evaluateAll((plots) => plots.map((plot) => plot.clientWidth)),
        PATIENTLY,
      )
      .toEqual(Array.from({ length: 4 }, () => expect.toSatisfy((width: number) => width < 390)));
    const width = await opened.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBe(390);
  });

  it('is read with the keyboard alone', async () => {
    const { page: opened } = await open();
    await opened.locator('.plot').first().focus();
    await opened.keyboard.press('End');
    await expect
      .poll(() => opened.locator('[aria-live]').textContent(), PATIENTLY)
      .toMatch(/succeeded: \d/);
    const last = await opened.locator('[aria-live]').textContent();
    await opened.keyboard.press('ArrowLeft');
    await expect.poll(() => opened.locator('[aria-live]').textContent(), PATIENTLY).not.toBe(last);
    await opened.locator('summary').first().focus();
    await opened.keyboard.press('Enter');
    await opened.locator('details table').waitFor();
  });

  it('shows moments in the zone of the report, wherever it is read', async () => {
    const { page: opened } = await open({ timezoneId: 'Pacific/Auckland' });
    await opened.locator('.plot').first().focus();
    await opened.keyboard.press('Home');
    await expect
      .poll(() => opened.locator('[aria-live]').textContent(), PATIENTLY)
      .toContain('2026-11-23 10:');
  });
});

/** The machine may be busy. */
const PATIENTLY = { timeout: 20_000 };
const ON_LIGHT = ['#009e73', '#009e73', '#d55e00', '#8f4a86'];
const ON_DARK = ['#1fb98c', '#1fb98c', '#ef7b2e', '#d79acb'];

/** Which of these colours each chart's data is drawn in, by pixels; null: none, nothing is drawn. */
function inks(opened: Page): Promise<(string | null)[]> {
  const known = [ON_LIGHT, ON_DARK];
  return opened.evaluate(`[...document.querySelectorAll('.plot canvas')].map((canvas, chart) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const counts = new Map();
    for (let at = 0; at < data.length; at += 4) {
      const color = '#' + [...data.slice(at, at + 3)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      counts.set(color, (counts.get(color) ?? 0) + (data[at + 3] === 255 ? 1 : 0));
    }
    return ${JSON.stringify(known)}.map((colors) => colors[chart]).find((color) => counts.get(color) > 20) ?? null;
  })`);
}
