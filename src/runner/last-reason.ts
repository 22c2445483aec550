import type { LoopStatus } from '../domain/loop-status.ts';
import { parseSummary } from '../domain/summary/parse-summary.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { parseJson } from '../stores/parse-json.ts';
import { readTextFile } from '../stores/text-file.ts';

/** Why the last iteration of an ended run failed, as its agent said; null: it did not, its gates did not pass, or nobody knows. */
export function lastReason({ summary }: DataPaths, { iteration }: LoopStatus): string | null {
  const error = parseSummary(parseJson(readTextFile(summary) ?? ''))?.last_error;
  return error?.iteration === iteration && error.outcome !== 'validation_failed'
    ? error.reason || null
    : null;
}
