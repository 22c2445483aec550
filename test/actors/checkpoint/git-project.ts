import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { onTestFinished } from 'vitest';
import { beginCheckpoint } from '../../../src/actors/checkpoint/begin-checkpoint.ts';
import {
  finishCheckpoint,
  type Finished,
} from '../../../src/actors/checkpoint/finish-checkpoint.ts';
import { trailers } from '../../../src/actors/checkpoint/iteration-commit.ts';
import { lookBeforeStart } from '../../../src/actors/checkpoint/look-before-start.ts';
import { REFLOG_ACTION } from '../../../src/actors/checkpoint/reflog-action.ts';
import { openRepository } from '../../../src/actors/checkpoint/repository.ts';
import type { CheckpointMode, DirtyStart } from '../../../src/domain/checkpoint.ts';

/** On memory where there is one: thousands of repositories come and go. */
const FAST_PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A repository that a loop works in, and everything that users and workers do in one. */
export class GitProject {
  readonly directory: string;
  readonly home: string;
  /** Below the top; empty: the top. */
  workspace = '';
  environment: Readonly<Record<string, string>> = {};
  runId = 'run-1';
  /** Absolute; null: beside the repository. */
  dataFolder: string | null = null;

  constructor(place = FAST_PLACE) {
    this.home = mkdtempSync(join(place, 'autoloop-git-'));
    this.directory = join(this.home, 'work');
    mkdirSync(this.directory);
  }

  /** With one commit of these files. */
  init(files: Readonly<Record<string, string>> = { 'a.txt': 'a\n', 'dir/b.txt': 'b\n' }): this {
    this.git('init', '--quiet', '--initial-branch=main');
    this.writeAll(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message=first');
    return this;
  }

  get env(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'User',
      GIT_AUTHOR_EMAIL: 'user@example.org',
      GIT_COMMITTER_NAME: 'User',
      GIT_COMMITTER_EMAIL: 'user@example.org',
      ...this.environment,
    };
  }

  git(...args: string[]): string {
    return this.gitAs({}, ...args);
  }

  /** As the worker calls it. */
  workersGit(...args: string[]): string {
    return this.gitAs({ GIT_REFLOG_ACTION: REFLOG_ACTION }, ...args);
  }

  gitAs(env: Readonly<Record<string, string>>, ...args: string[]): string {
    return execFileSync('git', args, {
      ...{ cwd: this.directory, env: { ...this.env, ...env }, encoding: 'utf8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  write(name: string, text: string, mode = 0o644): void {
    const parents = name.split('/').slice(0, -1);
    parents.forEach((_, at) => this.#makeFolder(parents.slice(0, at + 1).join('/')));
    rmSync(this.path(name), { recursive: true, force: true });
    writeFileSync(this.path(name), text);
    chmodSync(this.path(name), mode);
  }

  /** In the place of whatever lies there. */
  #makeFolder(name: string): void {
    if (lstatSync(this.path(name), { throwIfNoEntry: false })?.isDirectory() !== true) {
      rmSync(this.path(name), { force: true });
      mkdirSync(this.path(name));
    }
  }

  writeAll(files: Readonly<Record<string, string>>): void {
    Object.entries(files).forEach(([name, text]) => this.write(name, text));
  }

  read(name: string): string | null {
    return existsSync(this.path(name)) ? readFileSync(this.path(name), 'utf8') : null;
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true, force: true });
  }

  hook(name: string, script: string): void {
    const path = join(this.directory, this.git('rev-parse', '--git-path', `hooks/${name}`).trim());
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Everything on disk but git's own: path → what it is. */
  files(): Record<string, string> {
    const found: Record<string, string> = {};
    const visit = (folder: string): void => {
      for (const entry of readdirSync(this.path(folder), { withFileTypes: true })) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          if (entry.name !== '.git') {
            visit(name);
          }
        } else if (entry.isSymbolicLink()) {
          found[name] = `-> ${readlinkSync(this.path(name))}`;
        } else if (entry.isFile()) {
          const isProgram = (lstatSync(this.path(name)).mode & 0o100) !== 0;
          found[name] = `${isProgram ? '+x ' : ''}${readFileSync(this.path(name), 'utf8')}`;
        }
      }
    };
    visit('');
    return found;
  }

  status(): string {
    return this.git('status', '--porcelain', '--untracked-files=all');
  }

  head(): string {
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** Names of our refs. */
  refs(kind: string): string[] {
    return this.git('for-each-ref', '--format=%(refname)', `refs/autoloop/${kind}/`)
      .split('\n')
      .filter(Boolean);
  }

  mark(iteration: number) {
    return { task: 'tidy', runId: this.runId, iteration, target: 'svc' };
  }

  get #place() {
    const cwd = join(this.directory, this.workspace);
    const dataDirectory = join(this.dataFolder ?? join(this.home, 'data'), 'tidy');
    return { cwd, env: this.env, dataDirectory };
  }

  begin(
    iteration = 1,
    options: { mode?: CheckpointMode; dirtyStart?: DirtyStart; isFirst?: boolean } = {},
  ): Promise<string | null> {
    return beginCheckpoint({
      ...{ place: this.#place, loop: 'tidy', mark: this.mark(iteration) },
      ...{ mode: 'commit', dirtyStart: 'refuse', isFirst: true },
      ...options,
    });
  }

  /** What is said before a run begins. */
  async look(dirtyStart: DirtyStart = 'refuse'): Promise<string | null> {
    const repository = await openRepository(this.#place);
    return (await lookBeforeStart(repository, { loop: 'tidy', dirtyStart }))?.why ?? null;
  }

  finish(isGood: boolean, iteration = 1): Promise<Finished> {
    const mark = this.mark(iteration);
    const message = `svc: iteration ${iteration}\n\n${trailers(mark)}\n`;
    return finishCheckpoint({ place: this.#place, loop: 'tidy', mark, isGood, message });
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

export function useGitProject(): GitProject {
  const project = new GitProject();
  onTestFinished(() => project.dispose());
  return project;
}
