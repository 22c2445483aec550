import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CliContext, CommandOptions } from '../../src/cli/cli-context.ts';

const PROGRAM = join(import.meta.dirname, 'programs', 'run-command.ts');

export interface Call {
  readonly cwd: string;
  readonly globals?: Partial<CliContext['globals']>;
  readonly options?: CommandOptions;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
}

export interface Called {
  readonly code: number | null;
  readonly out: string;
  readonly notices: string;
}

/** Runs a command in a process of its own, as a user would. */
export function useCommand(name: string, call: Call): Promise<Called> {
  const { cwd, globals = {}, options = {}, args = [], environment = {}, columns = 100 } = call;
  const order = JSON.stringify({ name, globals, options, args, columns });
  const child = spawn(process.execPath, [PROGRAM, order], {
    cwd,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: cwd,
      XDG_CONFIG_HOME: join(cwd, '.config'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let notices = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (notices += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, notices })));
}

/** A folder that is gone after the test. */
export function folder(): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'autoloop-reading-')));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
