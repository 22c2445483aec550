import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'programs', 'watched.ts');

/** Resolves when the runner and its watch have gone: both hold its stderr. */
function run(way: string): Promise<Readonly<Record<'signal' | 'out' | 'err' | 'trace', string>>> {
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-watch-'));
  const trace = join(folder, 'runner.err');
  const child = spawn(process.execPath, [PROGRAM, way, trace], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (way === 'is stopped') {
    // Longer than the watch waits; whether it is right shows in what it did meanwhile.
    setTimeout(() => child.kill('SIGCONT'), 5_000);
  }
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) =>
    child.on('close', (_, signal) => {
      const kept = existsSync(trace) ? readFileSync(trace, 'utf8') : '';
      rmSync(folder, { recursive: true });
      resolve({ signal: signal ?? '', out, err, trace: kept });
    }),
  );
}

describe.concurrent('a hook', () => {
  it.for(['blocks', 'blocks after a while'])(
    'that %s ends the runner, which leaves word of it',
    async (way, { expect: expectHere }) => {
      const { signal, err, trace } = await run(way);
      expectHere(signal).toBe('SIGKILL');
      expectHere(trace).toMatch(
        /^Error: Hook buildPrompt of task "mine" blocked the runner for 1\.8 s/,
      );
      expectHere(err).toContain(trace);
    },
  );

  it.for(['is stopped', 'waits', 'blocks for a moment', 'blocks later'])(
    'that %s is no trouble, however long it takes',
    async (way, { expect: expectHere }) => {
      expectHere(await run(way)).toEqual({ signal: '', out: 'lived on\n', err: '', trace: '' });
    },
  );
});

it('the watch goes when the runner is killed, and kills nobody', async () => {
  expect(await run('is killed')).toEqual({ signal: 'SIGKILL', out: '', err: '', trace: '' });
});
