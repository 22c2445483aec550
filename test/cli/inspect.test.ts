import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BROWSER, openBrowser } from '../cli-reading/browser.ts';
import { killRunner, useProject, useStartedLoop, type CliProject } from './cli-project.ts';
import { eventually } from '../crash/crash-rig.ts';

const words = BROWSER === null ? 'needs a browser: apt-get install chromium' : 'in a browser';
/** Where to put pictures of the page; none are made without. */
const PICTURES = process.env['AUTOLOOP_TEST_PICTURES'];

/** Tells what it was to open. */
const OPENER = '#!/bin/sh\necho "$1" > opened.part\nmv opened.part opened\n';

describe('inspect', () => {
  it('refuses what is no port, and names who to ask where one is taken', async () => {
    const project = useProject();
    const wrong = await project.call('inspect', '--port', '70000');
    expect(wrong).toMatchObject({ code: 150, err: expect.stringContaining('Allowed: 1 to 65535') });
    const first = project.begin('inspect', '--json');
    await eventually('it listens', () => first.printed().includes('\n'));
    const { url, port } = JSON.parse(first.printed());
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=[\\w-]{43}$`));
    const second = await project.call('inspect', '--port', String(port));
    expect(second).toMatchObject({
      code: 155,
      err: expect.stringContaining(`Port ${port} of this machine is taken`),
    });
    first.child.kill('SIGINT');
    expect((await first.end).code).toBe(0);
  });

  it('goes on whatever a loop tells, and shows the others', async () => {
    const project = useProject();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const loop of ['nested', 'strange']) {
      mkdirSync(project.data('..', loop), { recursive: true });
      writeFileSync(project.data('..', loop, 'loop.lock'), '');
    }
    const snapshot = { machine: 'loop', version: 1, definitionHash: '', savedAt: '', snapshot: {} };
    const none = { seq: 0, outbox: [] };
    writeFileSync(
      project.data('..', 'nested', 'snapshot.json'),
      JSON.stringify({ format: 1, ...snapshot, ...none }).replace(
        '{}',
        `{"value":"idle","context":${deep}}`,
      ),
    );
    const runner = createServer((socket) => {
      const status = {
        loop: 'strange',
        task: 'prompt',
        state: 'new',
        pid: 1,
        totals: {},
        caps: {},
      };
      socket.on('error', () => {});
      socket.write(`${JSON.stringify({ ok: true, status })}\n`);
    }).listen(project.data('..', 'strange', 'control.sock'));
    onTestFinished(() => void runner.close());
    const { child, end, printed } = project.begin('inspect', '--json');
    await eventually('it listens', () => printed().includes('\n'));
    const { url, port } = JSON.parse(printed());
    const headers = { Authorization: `Bearer ${url.split('token=')[1]}` };
    const newsOf = async (loop: string, wanted: string): Promise<void> => {
      const leave = new AbortController();
      const told = await fetch(`http://127.0.0.1:${port}/api/news?loop=${loop}`, {
        ...{ headers, signal: leave.signal },
      });
      let text = '';
      for await (const piece of told.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += piece;
        if (text.includes(wanted)) {
          break;
        }
      }
      expect(text).toContain(wanted);
      leave.abort();
    };
    await newsOf('nested', '"kind":"saved"');
    await newsOf('strange', 'What its runner tells cannot be understood');
    await newsOf('nested', '"kind":"saved"');
    child.kill('SIGINT');
    expect((await end).code).toBe(0);
  });

  it('opens a page in the browser without telling the token to the list of processes', async () => {
    const project = useProject();
    mkdirSync(project.path('bin'));
    writeFileSync(project.path('bin', 'xdg-open'), OPENER, { mode: 0o755 });
    project.environment = { PATH: `${project.path('bin')}:${process.env['PATH']}` };
    const called = project.begin('inspect', '--open');
    await eventually('a page is opened', () => project.has('opened'));
    const token = /#token=([\w-]+)/.exec(called.printed())?.[1] ?? 'none';
    const address = new URL(readFileSync(project.path('opened'), 'utf8').trim());
    expect(address.protocol).toBe('file:');
    expect(address.href).not.toContain(token);
    expect(readFileSync(address.pathname, 'utf8')).toContain(`/#token=${token}`);
    called.child.kill('SIGTERM');
    expect((await called.end).code).toBe(143);
    expect(existsSync(address.pathname)).toBe(false);
  });
});

describe('inspect, asked by a program', () => {
  it('knows the loops of the data folder by their names, and nothing else by a path', async () => {
    const project = useProject();
    const hostile = '<img src=x onerror=alert(1)>';
    for (const folder of ['data', 'elsewhere'].map((name) => project.path(name, hostile))) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'snapshot.json'), '<script>');
    }
    const called = project.begin('inspect', '--json');
    await eventually('it listens', () => called.printed().includes('\n'));
    const { origin, hash } = new URL(JSON.parse(called.printed()).url);
    const headers = {
      Authorization: `Bearer ${hash.slice('#token='.length)}`,
      'Content-Type': 'application/json',
    };
    const ask = async (path: string, body?: string): Promise<unknown> => {
      const sent = body === undefined ? { headers } : { headers, body, method: 'POST' };
      const response = await fetch(`${origin}/api/loops/${path}`, sent);
      return response.json();
    };
    const message = 'There is no such loop.';
    for (const name of ['../elsewhere', `../elsewhere/${hostile}`, '../data', 'data']) {
      const path = encodeURIComponent(name);
      const answer = await ask(`${path}/steer`, '{"command":"force-stop"}');
      expect(answer, name).toEqual({ isDone: false, message });
      expect(await ask(`${path}/history`), name).toEqual({
        error: 'No journal of this loop is kept yet.',
      });
    }
    expect(await ask(`${encodeURIComponent(hostile)}/steer`, '{"command":"stop"}')).toEqual({
      isDone: false,
      message: expect.stringContaining('snapshot.json'),
    });
    const news = await fetch(`${origin}/api/news`, { headers });
    const { value = new Uint8Array() } = (await news.body?.getReader().read()) ?? {};
    const told = JSON.parse(Buffer.from(value).toString().slice('data: '.length));
    expect(told).toMatchObject({ kind: 'loops', loops: [{ loop: hostile }] });
    called.child.kill('SIGTERM');
    await called.end;
  });
});

describe.skipIf(BROWSER === null)(`inspect, ${words}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** Its page, and what its console said. */
  async function inspect(project: CliProject): Promise<{ page: Page; said: string[] }> {
    const called = project.begin('inspect', '--json');
    await eventually('it listens', () => called.printed().includes('\n'));
    const context = await browser.newContext({ viewport: { width: 1360, height: 1000 } });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(JSON.parse(called.printed()).url);
    return { page, said };
  }

  it('shows an iteration as it goes by, and steers the loop', async () => {
    const project = await useStartedLoop('--interval', '3600', '--max', '9');
    const { page, said } = await inspect(project);
    await expectState(page, 'running.working');
    await page.getByText('1 of 9').or(page.getByText('0 of 9')).first().waitFor();
    project.letFinish(1);
    await expectState(page, 'waiting.interval');
    await page.getByText('did iteration 1').waitFor();
    expect(await page.getByRole('timer').textContent()).toMatch(/^(?:59:\d\d|1:00:00)$/);
    await page.locator('.messages').getByText('now in waiting.interval').waitFor();
    await expect.poll(() => page.locator('.row.is-taken').count()).toBeGreaterThan(0);
    await page.keyboard.press('2');
    await page.locator('.events').getByText('iteration_end').waitFor();
    await picture(page, 'waiting');

    await steer(page, 'Skip wait', 'The wait is over.');
    await project.began(2);
    await expectState(page, 'running.working');
    await steer(page, 'Pause', 'Paused: what runs is finished first');
    await page.getByText('to pause when the iteration is over').waitFor();
    project.letFinish(2);
    await expectState(page, 'waiting.paused');
    await steer(page, 'Resume', 'It goes on.');
    await expectState(page, 'waiting.interval');
    await steer(page, 'Stop', 'It ends.');
    await page.getByText('This run has ended').waitFor();
    await expectState(page, 'stopped');
    await walkBack(page);
    expect(project.outcomes()).toEqual(['succeeded', 'succeeded']);
    expect(project.eventsNamed('loop_end')[0]?.details).toMatchObject({ reason: 'stopped' });
    expect(said).toEqual([]);
  });

  it('tells that a runner has died and how to go on, and goes on with the next one', async () => {
    const project = await useStartedLoop('--interval', '3600');
    const { page, said } = await inspect(project);
    await expectState(page, 'running.working');
    await killRunner(project);
    const banner = page.locator('.banner');
    await banner
      .getByText('No runner plays this loop: its run is unfinished. Its runner died')
      .waitFor();
    const command = (await banner.locator('code').textContent()) ?? '';
    expect(command).toMatch(/autoloop resume --prompt PROMPT\.md .*--agent-command \.\/agent\.sh/);
    await page.getByText(/in running\.working, where it was since \d/).waitFor();
    await expectState(page, 'running.working');
    expect(await page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(false);
    await picture(page, 'dead');

    const [, ...args] = command.split(' ');
    expect((await project.call(...args)).code).toBe(0);
    await banner.waitFor({ state: 'hidden' });
    project.letFinish(1);
    await expectState(page, 'waiting.interval');
    await page.locator('.messages').getByText('now in waiting.interval').waitFor();
    expect(said).toEqual([]);
  });

  it('ends a runner that hangs, and its run', async () => {
    const project = await useStartedLoop('--interval', '3600', '--grace', '1');
    const { page, said } = await inspect(project);
    await expectState(page, 'running.working');
    const [runner, worker] = [project.runnerPid(), project.workerPid()];
    process.kill(runner, 'SIGSTOP');
    await page.locator('.banner').getByText('lives, but does not answer').waitFor();
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).isVisible()).toBe(false);
    await steer(page, 'Force stop', 'has stopped (iteration 1)');
    await page.getByText('This run has ended').waitFor();
    await expectState(page, 'stopped');
    await eventually('both are gone', () => [runner, worker].every((pid) => !isThere(pid)));
    expect(project.outcomes()).toEqual(['killed']);
    expect(said).toEqual([]);
  });
});

async function expectState(page: Page, state: string): Promise<void> {
  await expect.poll(() => page.locator('.now code.state').textContent(), PATIENTLY).toBe(state);
  await expectHere(page, state);
}

async function expectHere(page: Page, state: string): Promise<void> {
  const here = page.locator(`[data-state="${state}"]`);
  await expect.poll(() => here.getAttribute('class'), PATIENTLY).toContain('is-here');
}

/** The machine may be busy. */
const PATIENTLY = { timeout: 15_000 };

/** Confirms it, and reads what the runner answered. */
async function steer(page: Page, name: string, answer: string): Promise<void> {
  const button: Locator = page.getByRole('button', { name, exact: true });
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.getByText(answer).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
}

/** To the first step of the run, on by one, and to now again. */
async function walkBack(page: Page): Promise<void> {
  await page.keyboard.press('h');
  await page.getByText(/^Step (\d+) of \1,.*stopped/).waitFor();
  await page.keyboard.press('Home');
  await page.getByText(/^Step 1 of \d+,.*loop\.start → selecting\.gating/).waitFor();
  await expectHere(page, 'selecting.gating');
  await page.getByRole('button', { name: 'Step after' }).click();
  await expectHere(page, 'selecting.choosing');
  await page.keyboard.press('3');
  await page.locator('.tree').getByText('stopVia').waitFor();
  expect(await page.locator('.tree li', { hasText: /^stopVia/ }).innerText()).toContain('null');
  await picture(page, 'history');
  await page.getByRole('slider').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expectHere(page, 'stopped');
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) {
    await page.screenshot({ path: join(PICTURES, `inspect-${name}.png`) });
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
