import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../mocks/claude-recordings');

/** How a recorded Claude Code ended. */
export interface RecordedEnding {
  readonly name: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

export function recordedEndings(): readonly RecordedEnding[] {
  return JSON.parse(readFileSync(join(FOLDER, 'endings.json'), 'utf8'));
}

/** The lines of its stdout. */
export function recordedLines(name: string): readonly string[] {
  return readFileSync(join(FOLDER, `${name}.ndjson`), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
