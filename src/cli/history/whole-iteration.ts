import type { RecordedEvent } from '../../domain/event.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { agentsIn } from './agents-of.ts';
import { eventsOfIteration } from './find-iteration.ts';
import { foldRecord } from './fold-record.ts';
import { gateRuns, type GateRun } from './gate-runs.ts';
import { iterationFiles, type IterationFiles } from './iteration-files.ts';
import { outputTail } from './output-tail.ts';
import { outputWords } from './output-words.ts';
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
  /** The same, as a person reads it; null: it is text already. */
  readonly saidTail: readonly string[] | null;
  readonly events: readonly RecordedEvent[];
}

/** null: nothing is kept of it. */
export async function wholeIteration(
  paths: DataPaths,
  sought: { iteration: number; task: string },
): Promise<WholeIteration | null> {
  const { iteration, task } = sought;
  const events = eventsOfIteration(paths.events, iteration);
  const files = iterationFiles(paths, iteration);
  if (events.length === 0 && files.attempts.length === 0 && files.log === null) {
    return null;
  }
  const words = await outputWords(agentsIn(files));
  const record = events.reduce<IterationRecord | null>(
    (folded, event) => foldRecord(folded ?? undefined, event) ?? folded,
    null,
  );
  return {
    task: events[0]?.task ?? task,
    record: record ?? emptyRecord(iteration, ''),
    ...{ files, events },
    gates: gateRuns(files.gates, events),
    logTail: files.log === null ? [] : outputTail(files.log, null),
    saidTail: files.log === null || words === null ? null : outputTail(files.log, words),
  };
}
