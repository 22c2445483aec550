import { parseSummary } from '../domain/summary/parse-summary.ts';
import type { TargetRecord } from '../domain/summary/summary.ts';
import { targetRecords } from '../domain/summary/target-record.ts';
import type { TaskContext } from './context.ts';

/** What is known of each target by its name, as `targets` is told it, for the hooks that are not. Never throws. */
export async function readHistory({
  paths,
}: Pick<TaskContext, 'paths'>): Promise<ReadonlyMap<string, TargetRecord>> {
  const { readFile } = await import('node:fs/promises');
  try {
    return targetRecords(parseSummary(JSON.parse(await readFile(paths.summaryJson, 'utf8'))));
  } catch {
    return new Map();
  }
}
