import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { TaskContext } from 'autoloop/task';
import { openItems } from './prd.ts';

/** The demo's own folder to work in, not the loop's workspace. */
export function workspaceFolder(context: TaskContext): string {
  return join(context.dataDir, 'workspace');
}

/**
 * Makes sure there is a sample project to work on, and returns its folder (in a dry run the sample itself where a new one is
 * due). Only a run that begins with everything done begins with a new sample: a run that goes on, also after a crash, keeps
 * what it has. Safe to be killed anywhere and called again.
 */
export function ensureWorkspace(context: TaskContext): string {
  const folder = workspaceFolder(context);
  const sample = join(context.taskDir, 'sample');
  const due = !existsSync(folder) || (isFirstCall(context) && isDone(folder));
  if (context.dryRun) {
    return due ? sample : folder;
  }
  if (due) {
    replaceBySample(folder, sample);
  }
  rememberRun(context);
  return folder;
}

/** The first one in this run; a resumed run has the same id. */
function isFirstCall(context: TaskContext): boolean {
  const file = runFile(context);
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  return context.runId !== null && known !== context.runId;
}

function rememberRun(context: TaskContext): void {
  if (isFirstCall(context)) {
    writeFileSync(runFile(context), `${context.runId}\n`, { mode: 0o600 });
  }
}

function runFile(context: TaskContext): string {
  return `${workspaceFolder(context)}.run`;
}

function isDone(folder: string): boolean {
  return !existsSync(join(folder, 'PRD.md')) || openItems(folder).length === 0;
}

/** The former one stays as `workspace.previous`. */
function replaceBySample(folder: string, sample: string): void {
  const seed = `${folder}.new`;
  const previous = `${folder}.previous`;
  rmSync(seed, { recursive: true, force: true });
  mkdirSync(seed, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(sample)) {
    writeFileSync(join(seed, name), readFileSync(join(sample, name)), { mode: 0o600 });
  }
  if (existsSync(folder)) {
    rmSync(previous, { recursive: true, force: true });
    renameSync(folder, previous);
  }
  renameSync(seed, folder);
}
