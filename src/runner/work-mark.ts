import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopPlan } from './loop-plan.ts';

/** Of a task's folder more is not read. */
const MOST_FILES = 200;
const MOST_BYTES = 1_000_000;

/**
 * What a loop works by: its settings, the files of its task and its prompt. Reads a file again only where its size or
 * time has changed.
 */
export class WorkMark {
  readonly #plan: LoopPlan;
  readonly #hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();

  constructor(plan: LoopPlan) {
    this.#plan = plan;
  }

  /** null: the task cannot be read. */
  now(): string | null {
    const { task, promptFile, resolved } = this.#plan;
    try {
      const files = [...filesIn(task.directory), ...(promptFile === null ? [] : [promptFile])];
      const values = resolved.map(({ name, value }) => [name, value]);
      return sha256([JSON.stringify(values), ...files.map((file) => this.#hashOf(file))]);
    } catch {
      return null;
    }
  }

  #hashOf(file: string): string {
    const { size, mtimeMs } = statSync(file);
    const stamp = `${size} ${mtimeMs}`;
    const known = this.#hashes.get(file);
    if (known?.stamp === stamp) {
      return known.hash;
    }
    const content = size > MOST_BYTES ? stamp : readFileSync(file, 'latin1');
    const hash = sha256([file, content]);
    this.#hashes.set(file, { stamp, hash });
    return hash;
  }
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted()
    .slice(0, MOST_FILES);
}

function sha256(parts: readonly string[]): string {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part).update('\0'));
  return hash.digest('hex').slice(0, 32);
}
