import { foldEvent } from '../../domain/metrics/fold-event.ts';
import { withFigures } from '../../domain/metrics/with-figures.ts';
import { parseSummary } from '../../domain/summary/parse-summary.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { parseJson } from '../../stores/parse-json.ts';
import { readEvents } from '../../stores/read-events.ts';
import { readTextFile } from '../../stores/text-file.ts';

/** `summary.json` as it lies there; null: none that makes sense. */
export function keptSummary(paths: DataPaths): Summary | null {
  return parseSummary(parseJson(readTextFile(paths.summary) ?? ''));
}

/** The summary made anew from all kept events, as the runner makes it; nothing is written. null: there is no event. */
export function rebuiltSummary(paths: DataPaths): Summary | null {
  let summary: Summary | null = null;
  for (const event of readEvents(paths.events)) {
    summary = foldEvent(summary, event);
  }
  return summary && withFigures(summary);
}
