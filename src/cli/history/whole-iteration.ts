import { closeSync, fstatSync } from 'node:fs';
import type { RecordedEvent } from '../../domain/event.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { linesBackward } from '../../stores/lines-backward.ts';
import { openForReading } from '../../stores/open-for-reading.ts';
import { eventsOfIteration } from './find-iteration.ts';
import { foldRecord } from './fold-record.ts';
import { gateRuns, type GateRun } from './gate-runs.ts';
import { iterationFiles, type IterationFiles } from './iteration-files.ts';
import { emptyRecord, type IterationRecord } from './iteration-record.ts';

/** Everything kept of one iteration. */
export interface WholeIteration {
  readonly task: string;
  readonly record: IterationRecord;
  readonly files: IterationFiles;
  /** What its work had to pass; empty: nothing, or it did not come to that. */
  readonly gates: readonly GateRun[];
  /** Oldest first. */
  readonly logTail: readonly string[];
  readonly events: readonly RecordedEvent[];
}

const TAIL_LINES = 15;

/** null: nothing is kept of it. */
export function wholeIteration(
  paths: DataPaths,
  sought: { iteration: number; task: string },
): WholeIteration | null {
  const { iteration, task } = sought;
  const events = eventsOfIteration(paths.events, iteration);
  const files = iterationFiles(paths, iteration);
  if (events.length === 0 && files.attempts.length === 0 && files.log === null) {
    return null;
  }
  const record = events.reduce<IterationRecord | null>(
    (folded, event) => foldRecord(folded ?? undefined, event) ?? folded,
    null,
  );
  return {
    task: events[0]?.task ?? task,
    record: record ?? emptyRecord(iteration, ''),
    ...{ files, events },
    gates: gateRuns(files.gates, events),
    logTail: files.log === null ? [] : tailOf(files.log),
  };
}

function tailOf(path: string): string[] {
  const fd = openForReading(path);
  const lines: string[] = [];
  try {
    for (const { bytes } of linesBackward(fd, fstatSync(fd).size)) {
      if (lines.length === TAIL_LINES) {
        break;
      }
      lines.unshift(...(bytes.length === 0 ? [] : [bytes.toString('utf8', 0, LONGEST_LINE)]));
    }
    return lines;
  } finally {
    closeSync(fd);
  }
}

/** An agent's line may hold megabytes. */
const LONGEST_LINE = 2_000;
