import type { DigestInput } from '../../domain/loop-work.ts';
import { hasDrifted } from '../../domain/progress/drift.ts';
import type { Measures } from '../../domain/progress/measures.ts';
import type { Report } from '../../domain/report.ts';

interface Known {
  readonly report: Report | null;
  readonly changedPaths: readonly string[] | null;
  readonly measures: Measures;
}

/** Whether the work left its target: as its task says, else by where it changed something, else by the report. null: not known. */
export function driftOf(
  { open: { target } }: DigestInput,
  { report, changedPaths, measures }: Known,
): boolean | null {
  const reportedTarget = report?.target ?? null;
  const ownPaths = measures.ownPaths ?? null;
  return measures.drifted ?? hasDrifted({ target, reportedTarget, changedPaths, ownPaths });
}
