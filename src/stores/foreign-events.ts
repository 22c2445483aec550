import { fstatSync } from 'node:fs';
import { linesBackward } from './lines-backward.ts';
import { parseEventLine } from './recorded-event.ts';

/**
 * Where in the file begins what cannot be the runner's: behind the last event that its snapshot knows of its own
 * numbers go on one by one. null: nothing such, or it cannot be told, as none of the known events is at hand.
 */
export function findForeignEvents(fd: number, knownSeq: number): number | null {
  if (knownSeq === 0) {
    return null;
  }
  const lines = lastLines(fd, knownSeq);
  const known = lines.findLastIndex(({ seq }) => seq === knownSeq);
  const base =
    known === -1 ? lines.findLastIndex(({ seq }) => seq !== null && seq < knownSeq) : known;
  const next = (lines[base]?.seq ?? 0) + 1;
  const behind = base === -1 ? [] : lines.slice(base + 1);
  return behind.find(({ seq }, index) => seq !== next + index)?.start ?? null;
}

interface NumberedLine {
  readonly start: number;
  /** null: it is no event. */
  readonly seq: number | null;
}

/** Those from the known one on, oldest first; where it is not among the last thousands, these. */
function lastLines(fd: number, knownSeq: number): readonly NumberedLine[] {
  const lines: NumberedLine[] = [];
  for (const { start, bytes, ended } of linesBackward(fd, fstatSync(fd).size)) {
    const seq = ended ? (parseEventLine(bytes.toString('utf8'))?.seq ?? null) : null;
    if (ended || bytes.length > 0) {
      lines.push({ start, seq });
    }
    if (seq === knownSeq || lines.length > MOST_LINES) {
      break;
    }
  }
  return lines.toReversed();
}

const MOST_LINES = 5_000;
