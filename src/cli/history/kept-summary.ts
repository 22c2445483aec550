import { parseSummary } from '../../domain/summary/parse-summary.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { readTextFile } from '../../stores/text-file.ts';

/** `summary.json` as it lies there; null: none that makes sense. */
export function keptSummary(paths: DataPaths): Summary | null {
  return parseSummary(parseJson(readTextFile(paths.summary) ?? ''));
}
