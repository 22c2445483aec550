import { isMemory } from './memory/is-memory.ts';
import type { Summary } from './summary.ts';

/** The summary on disk, or null where it is none of this version: it is begun anew then, never guessed. */
export function parseSummary(value: unknown): Summary | null {
  if (!isSummary(value)) {
    return null;
  }
  const { memory, ...state } = value.state;
  return memory === undefined || isMemory(memory) ? value : { ...value, state };
}

function isSummary(value: unknown): value is Summary {
  return (
    isRecord(value) &&
    typeof value['total_iterations'] === 'number' &&
    Array.isArray(value['recent']) &&
    ['efficiency', 'durations', 'outcomes', 'cost', 'operational', 'targets', 'state'].every(
      (key) => isRecord(value[key]),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
