import { closeSync, fstatSync } from 'node:fs';
import type { WorkerWords } from '../../runner/worker-words.ts';
import { linesBackward } from '../../stores/lines-backward.ts';
import { openForReading } from '../../stores/open-for-reading.ts';

const TAIL_LINES = 15;
/** An agent's line may hold megabytes. */
const LONGEST_LINE = 2_000;

/** The last lines of a worker's output, oldest first: as `words` reads them, or, where it is null, as they were kept. */
export function outputTail(
  path: string,
  words: WorkerWords | null,
  wanted: number = TAIL_LINES,
): string[] {
  const fd = openForReading(path);
  const lines: string[] = [];
  try {
    for (const { bytes } of linesBackward(fd, fstatSync(fd).size)) {
      if (lines.length >= wanted) {
        break;
      }
      const line = words ? words(bytes.toString('utf8')) : bytes.toString('utf8', 0, LONGEST_LINE);
      lines.unshift(...(line ? [line] : []));
    }
    return lines;
  } finally {
    closeSync(fd);
  }
}
