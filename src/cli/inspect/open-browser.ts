import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveProgram } from '../../config/resolve-program.ts';
import type { CliContext } from '../cli-context.ts';

/** What opens a page in the user's browser. */
const OPENERS = { darwin: 'open', others: 'xdg-open' };

export interface OpenedPage {
  /** null: it was told to open; else why it was not. */
  readonly trouble: string | null;
  /** Removes what was written for it. */
  readonly end: () => void;
}

/**
 * Opens an address in the user's browser. Its token must not be seen in the list of processes, which everybody of this
 * machine can read: what is opened is a file that only its user can read, and that leads there.
 */
export function openBrowser({ environment, cwd }: CliContext, url: string): OpenedPage {
  const name = process.platform === 'darwin' ? OPENERS.darwin : OPENERS.others;
  const program = resolveProgram(name, { environment, cwd });
  if (program === null) {
    return { trouble: `there is no ${name} on PATH`, end: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'autoloop-inspect-'));
  const file = join(folder, 'inspect.html');
  writeFileSync(file, leadingTo(url), { mode: 0o600 });
  const child = spawn(program, [pathToFileURL(file).href], { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
  return { trouble: null, end: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The address is ours, and holds nothing that would have to be escaped. */
function leadingTo(url: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${url}"><title>autoloop</title><a href="${url}">Open the inspector</a>\n`;
}
