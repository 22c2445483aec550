import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { neverRun } from '../../src/runner/never-run.ts';
import { paintFor } from '../../src/cli/tables/paint.ts';
import type { LoopView } from '../../src/cli/watch/loop-view.ts';
import { pageLines } from '../../src/cli/watch/page-lines.ts';
import { textWidth } from '../../src/cli/tables/text-width.ts';
import { DataFolder } from './data-folder.ts';
import { folder } from './use-command.ts';

const LAUNCHER = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');

function stopped(): { cwd: string; data: DataFolder } {
  const cwd = folder();
  const data = new DataFolder(cwd);
  data.write(
    data.paths.events,
    [1, 2, 3].flatMap((at) => data.iteration(at, { outcome: at === 2 ? 'failed' : 'succeeded' })),
  );
  data.snapshot('stopped');
  return { cwd, data };
}

/** Starts `status --watch` and gathers what it writes. */
function watch(
  words: readonly string[],
  { cwd, isTerminal }: { cwd: string; isTerminal: boolean },
) {
  const command = [LAUNCHER, '--task', 'prompt', 'status', '--watch', ...words];
  const child = isTerminal
    ? spawn(
        'script',
        [
          '-qefc',
          `stty rows 20 cols 72; echo $$ > watch.pid; exec ${command.join(' ')}`,
          '/dev/null',
        ],
        { cwd, stdio: 'pipe', env: ENVIRONMENT },
      )
    : spawn(command[0] ?? '', command.slice(1), { cwd, stdio: 'pipe', env: ENVIRONMENT });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, ended, out: () => out };
}

// oxlint-disable-next-line no-control-regex -- what a terminal obeys
const LEFT = /\u001B\[\?25h\u001B\[\?1049l$/;
const ENVIRONMENT = { PATH: process.env['PATH'], TERM: 'xterm-256color', HOME: '/nonexistent' };

describe('status --watch on a terminal', () => {
  it.each([
    ['q', 0],
    ['\u0003', 0],
  ])('draws in place, and %j leaves the terminal as it was', async (key, code) => {
    const { child, ended, out } = watch([], { cwd: stopped().cwd, isTerminal: true });
    await expect.poll(out, { timeout: 10_000 }).toContain('q or Ctrl-C leaves');
    expect(out()).toContain('\u001B[?1049h');
    expect(out()).not.toContain('\u001B[2J');
    expect(out()).toContain('67 % of the last 3');
    child.stdin.write(key);
    expect(await ended).toBe(code);
    expect(out().trimEnd()).toMatch(LEFT);
  });

  it('leaves it as it was where it is ended from outside', async () => {
    const { cwd } = stopped();
    const { ended, out } = watch(['--all'], { cwd, isTerminal: true });
    await expect.poll(out, { timeout: 10_000 }).toContain('q or Ctrl-C leaves');
    process.kill(Number(readFileSync(join(cwd, 'watch.pid'), 'utf8')), 'SIGTERM');
    expect(await ended).toBe(143);
    expect(out().trimEnd()).toMatch(LEFT);
  });
});

describe('status --watch elsewhere', () => {
  it('tells a block, then only what changes, until it is interrupted', async () => {
    const { cwd, data } = stopped();
    const { child, ended, out } = watch([], { cwd, isTerminal: false });
    await expect.poll(out, { timeout: 10_000 }).toContain('has stopped');
    data.snapshot('stopped', { iteration: 7 });
    await expect.poll(out, { timeout: 10_000 }).toMatch(/iteration +7/);
    expect(out().match(/has stopped/g)).toHaveLength(2);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(out()).not.toContain('\u001B');
  });

  it('is a JSON document for each change with --json', async () => {
    const { cwd, data } = stopped();
    const { child, ended, out } = watch(['--json'], { cwd, isTerminal: false });
    await expect.poll(out, { timeout: 10_000 }).toContain('\n');
    data.snapshot('stopped', { iteration: 7 });
    await expect.poll(() => out().trim().split('\n').length, { timeout: 10_000 }).toBe(2);
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(
      out()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).loop),
    ).toEqual(['prompt', 'prompt']);
  });
});

describe('the page of status --watch', () => {
  const globals = {
    ...{ task: null, prompt: null, name: null, root: null, data: null, workspace: null },
    ...{ json: false, quiet: false, verbose: false },
  };
  const terminal = {
    ...{ write: () => {}, notice: () => {}, outlive: () => {} },
    ...{ isInteractive: true, hasColor: false, columns: 60 },
  };
  const context = { globals, environment: {}, cwd: '/', terminal };

  function view(loop: string, said: readonly string[] = []): LoopView {
    const status = {
      ...neverRun({ loop, task: loop, dataDirectory: `/${loop}` }, 1),
      iteration: 3,
    };
    const reading = {
      ...{ status, runner: 'answers' as const, message: null, fix: null, crashes: null },
      ...{ recovered: null, asked: {}, departure: null, isWorkerAlive: null },
    };
    const recent = ['succeeded', 'no_change', 'failed', 'hindered', 'stopped'] as const;
    return { found: { loop, reading }, recent, said, notices: [] };
  }

  function lines(views: readonly LoopView[], rows: number): string[] {
    const facts = { columns: 60, rows, paint: paintFor({ hasColor: false }), now: 0, context };
    return pageLines(views, facts);
  }

  it('shows how the last iterations ended without any colour', () => {
    expect(lines([view('demo')], 24).join('\n')).toContain('█▅▁▃·  40 % of the last 5');
  });

  it('gives what workers say the room that is left, the end first', () => {
    const said = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    const page = lines([view('demo', said)], 24);
    expect(page).toHaveLength(24);
    expect(page.at(-3)).toBe('  │ line 39');
  });

  it('is a line for each loop where they do not fit, and says how many are not seen', () => {
    const views = Array.from({ length: 20 }, (_, at) => view(`loop-${at}`));
    const page = lines(views, 14);
    expect(page).toHaveLength(14);
    expect(page.at(-3)).toBe('… and 11 more: make the window taller');
  });

  it('lets nothing that a loop says steer the terminal or break a line', () => {
    const page = lines([view('demo', ['\u001B[2Jgone\u0007', 'wide 漢字 '.repeat(20)])], 24);
    // oxlint-disable-next-line no-control-regex -- what a terminal obeys
    expect(page.join('')).not.toMatch(/[\u0000-\u001F]/);
    expect(page.every((line) => textWidth(line) <= 60)).toBe(true);
  });
});
