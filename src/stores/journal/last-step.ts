import { closeSync, fstatSync } from 'node:fs';
import { openForReading } from '../open-for-reading.ts';
import { linesBackward } from '../lines-backward.ts';
import { parseJson } from '../parse-json.ts';
import { isCount, isRecord } from '../shape.ts';
import type { JournalPart } from './journal-parts.ts';

/** Number of the last step that a part knows of; null: not one line of it is whole. Throws AutoloopError 155. */
export function lastStepIn({ path }: Pick<JournalPart, 'path'>): number | null {
  const fd = openForReading(path);
  try {
    for (const { bytes, ended } of linesBackward(fd, fstatSync(fd).size)) {
      const entry = ended ? parseJson(bytes.toString('utf8')) : null;
      if (isRecord(entry) && isCount(entry['n'])) {
        return entry['n'];
      }
    }
    return null;
  } finally {
    closeSync(fd);
  }
}
