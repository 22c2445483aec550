import type { LoopPlan } from '../runner/loop-plan.ts';
import { readSavedLoop } from '../runner/read-saved-loop.ts';
import { dataPaths } from '../stores/data-paths.ts';

/** The flags that this loop was last asked for with and is not now; null: it is asked for the same. */
export function formerFlags(plan: LoopPlan): string | null {
  const dropped = Object.entries(askedBefore(plan))
    .filter(([flag, text]) => plan.asked[flag] !== text)
    .map(([flag, text]) => `--${flag} ${text}`);
  return dropped.length === 0 ? null : dropped.join(' ');
}

/** What cannot be read is told by the start itself. */
function askedBefore({ dataDirectory }: LoopPlan): Readonly<Record<string, string>> {
  try {
    return readSavedLoop(dataPaths(dataDirectory))?.asked ?? {};
  } catch {
    return {};
  }
}
