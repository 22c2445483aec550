import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../tools/gemini/node_modules');
const PACKAGE = join(FOLDER, '@google/gemini-cli');

/** The pinned program, to be run by Node; throws where it is not installed. */
export function geminiProgram(): string {
  const program = join(PACKAGE, 'bundle/gemini.js');
  if (!existsSync(program)) {
    throw new Error(
      'Gemini CLI is not installed. Install it: npm ci --prefix test/corpus/tools/gemini',
    );
  }
  return program;
}

export async function geminiVersion(): Promise<string> {
  geminiProgram();
  const { version }: { version: string } = JSON.parse(
    await readFile(join(PACKAGE, 'package.json'), 'utf8'),
  );
  return version;
}

/** Beside the program: it believes a file of defaults only where nobody but root may write, which is not so in the folder for temporary files. */
export const scratchFolder = join(FOLDER, '.cache');
