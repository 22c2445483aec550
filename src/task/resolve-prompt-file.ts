import { readFileSync, statSync } from 'node:fs';

export type ReadPrompt =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      /** What is wrong with the file, to be put behind its name. */
      readonly problem: string;
      readonly fix: string;
      /** true: the next candidate may be tried; false: somebody meant this one. */
      readonly passable: boolean;
      /** true: it is there and cannot be read. */
      readonly denied: boolean;
    };

const MOST_BYTES = 10 * 1024 * 1024;

/** Reads one prompt file, UTF-8, at most 10 MB. Never throws. */
export function readPrompt(file: string): ReadPrompt {
  try {
    const facts = statSync(file);
    if (!facts.isFile()) {
      return refused(facts.isDirectory() ? DIRECTORY : NO_FILE);
    }
    return facts.size > MOST_BYTES ? refused(tooBig(facts.size)) : readText(readFileSync(file));
  } catch (error) {
    return refused(unreadable(errorCode(error)));
  }
}

interface Refusal {
  readonly problem: string;
  readonly fix: string;
  readonly passable?: boolean;
  readonly denied?: boolean;
}

const DIRECTORY = { problem: 'is a directory', fix: 'Name a file in it.', passable: true };
const NO_FILE = {
  problem: 'is no regular file',
  fix: 'It is read anew each iteration: copy it to a file.',
};
const EMPTY = { problem: 'is empty', fix: 'Write into it what the agent shall do.' };
const NO_TEXT = { problem: 'is not UTF-8 text', fix: 'Save it as UTF-8, as with: iconv -t UTF-8.' };

function readText(bytes: Buffer): ReadPrompt {
  const text = decode(bytes);
  if (text === null || text.includes('\0')) {
    return refused(NO_TEXT);
  }
  return text.trim() === '' ? refused(EMPTY) : { ok: true, text };
}

/** Without a byte order mark; null: no UTF-8. */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function unreadable(code: string): Refusal {
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? { problem: 'does not exist', fix: 'Correct the path, or write the file.', passable: true }
    : {
        problem: `cannot be read (${code})`,
        fix: 'Let this user read it.',
        passable: true,
        denied: true,
      };
}

function tooBig(bytes: number): Refusal {
  const megabytes = (bytes / 1024 / 1024).toFixed(1);
  return {
    problem: `has ${megabytes} MB, more than the 10 MB a prompt may have`,
    fix: 'Shorten it; let it name files the agent can read instead of holding them.',
  };
}

function refused(refusal: Refusal): ReadPrompt {
  return { ok: false, passable: false, denied: false, ...refusal };
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
