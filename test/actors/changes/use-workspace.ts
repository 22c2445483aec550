import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { changesBetween } from '../../../src/actors/changes/changes-between.ts';
import { commitsBetween } from '../../../src/actors/changes/commits-between.ts';
import { lookAtWorkspace } from '../../../src/actors/changes/look-at-workspace.ts';
import type { WorkspaceLook } from '../../../src/actors/changes/workspace-look.ts';

const NOBODY = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'core.hooksPath=/nowhere'];
const ENV = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' };

/** A repository; gone after the test, or when it is told so. */
export class Workspace {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'autoloop-changes-')));

  constructor(...init: string[]) {
    onTestFinished(() => this.remove());
    this.git('init', '-q', '-b', 'main', ...init);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  git(...args: string[]): string {
    const options = { env: ENV, encoding: 'utf8', stdio: 'pipe' } as const;
    return execFileSync('git', ['-C', this.folder, ...NOBODY, ...args], options);
  }

  /** The same; what it refuses is let be. */
  tryGit(...args: string[]): void {
    try {
      this.git(...args);
    } catch {
      // It had nothing to do.
    }
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  delete(name: string): void {
    rmSync(join(this.folder, name), { recursive: true, force: true });
  }

  commit(): void {
    this.git('add', '-A');
    this.git('commit', '-qm', 'x', '--allow-empty');
  }

  look(): Promise<WorkspaceLook | null> {
    return lookAtWorkspace(this.#order());
  }

  /** What changed since that look; null: it cannot be told. */
  async since(before: WorkspaceLook | null): Promise<readonly string[] | null> {
    const after = await this.look();
    if (!before?.files || !after?.files) {
      return null;
    }
    const moved = await commitsBetween(before.head, { look: after, order: this.#order() });
    return moved && changesBetween({ before: before.files, after: after.files, moved });
  }

  /** Every file and its content, as who does not ask git sees it. */
  files(folder = ''): Map<string, string> {
    const names = readdirSync(join(this.folder, folder)).filter((name) => name !== '.git');
    return new Map(
      names.flatMap((name) => {
        const path = join(folder, name);
        const isFolder = lstatSync(join(this.folder, path)).isDirectory();
        return isFolder
          ? [...this.files(path)]
          : [[path, readFileSync(join(this.folder, path), 'utf8')] as const];
      }),
    );
  }

  #order() {
    const { signal } = new AbortController();
    return { workspace: this.folder, env: ENV, signal, timeoutMs: 30_000 };
  }
}
