import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'vitest';

export const AUTOLOOP = join(import.meta.dirname, '..', '..', 'bin', 'autoloop');
const LOOP = ['--prompt', 'PROMPT.md', '--agent', 'command', '--agent-command', './agent.sh'];

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A project in which a loop would run, but for what the test does to it. */
export class BadProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'autoloop-bad-'));
  readonly #mounts: string[] = [];
  /** Of the program's arguments, after the command. */
  words: readonly string[] = LOOP;
  environment: Readonly<Record<string, string | undefined>> = {};

  constructor({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
    this.write('project/PROMPT.md', '# Improve it\n');
    this.write('project/agent.sh', '#!/bin/sh\ncat > /dev/null\necho $$ >> ledger\n', 0o755);
    mkdirSync(this.path('home'));
    onTestFinished(() => this.#remove());
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  /** Path from the project's folder. */
  inProject(...parts: string[]): string {
    return this.path('project', ...parts);
  }

  write(name: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(name)), { recursive: true, mode: 0o700 });
    writeFileSync(this.path(name), text, { mode });
  }

  /** A task module of the project; a loop of it is what runs. */
  task(source: string, name = 'tidy'): void {
    this.write(`project/tasks/${name}/task.mjs`, source);
    this.words = ['--task', name, '--agent', 'command', '--agent-command', './agent.sh'];
  }

  link(target: string, name: string): void {
    symlinkSync(target, this.path(name));
  }

  /** A folder nobody can write into, not even root. */
  readOnlyFolder(name: string): string {
    const path = this.path(name);
    mkdirSync(path, { recursive: true });
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', path]).status !== 0) {
      throw new Error(`No tmpfs could be mounted on ${path}`);
    }
    this.#mounts.push(path);
    return path;
  }

  call(command: string, ...more: string[]): Promise<Said> {
    const child = spawn(AUTOLOOP, [command, ...this.words, ...more], {
      cwd: this.inProject(),
      env: {
        PATH: '/usr/bin:/bin',
        HOME: this.path('home'),
        XDG_CACHE_HOME: '/tmp/autoloop-test-cache',
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => {
      child.on('close', (code) => resolve({ code, out, err }));
    });
  }

  /** Of everything in the project and the home, what it is and holds. */
  get files(): Readonly<Record<string, string>> {
    const names = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    return Object.fromEntries(names.toSorted().map((name) => [name, this.#kept(name)]));
  }

  #kept(name: string): string {
    const path = this.path(name);
    const { mode } = lstatSync(path);
    return `${mode} ${lstatSync(path).isFile() ? readFileSync(path, 'utf8') : ''}`;
  }

  /** Whether an agent was started. */
  get hasLedger(): boolean {
    return existsSync(this.inProject('ledger'));
  }

  #remove(): void {
    this.#mounts.forEach((path) => spawnSync('umount', ['--lazy', path]));
    rmSync(this.directory, { recursive: true, force: true });
  }
}
