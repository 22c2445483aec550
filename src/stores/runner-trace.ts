import { appendFileSync, renameSync, rmSync } from 'node:fs';
import { readTextFile } from './text-file.ts';

/** `runner.err`: what a runner said before it died; begun anew by each. Never throws: a loop runs as well without. */
export function beginTrace(path: string, begun: string | null): void {
  try {
    if (begun === null) {
      rmSync(path, { force: true });
    } else {
      renameSync(begun, path);
    }
  } catch {
    // Somebody removes files here.
  }
}

/** Adds to it. Never throws: the process dies of something else. */
export function appendTrace(path: string, text: string): void {
  try {
    appendFileSync(path, `${text}\n`, { mode: 0o600 });
  } catch {
    // A full disk, or its folder is gone.
  }
}

/** In one line what it died of; null: it left no word. */
export function readTrace(path: string): string | null {
  const text = readTextFile(path)?.slice(-LONGEST) ?? '';
  const lines = text.split('\n').map((line) => line.trim());
  const telling =
    lines.findLast((line) => line.startsWith('FATAL ERROR')) ??
    lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ??
    lines.findLast((line) => line !== '');
  return telling?.slice(0, LONGEST_LINE) ?? null;
}

const LONGEST = 64_000;
const LONGEST_LINE = 300;
