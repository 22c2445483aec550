import type { RecordedEvent } from '../../event.ts';
import type { Summary } from '../summary.ts';
import { foldMemory } from './fold-memory.ts';
import { NO_MEMORY } from './memory.ts';

/** The summary with what prompts are to be told of one event more. */
export function rememberEvent(summary: Summary, event: RecordedEvent): Summary {
  const { state } = summary;
  const known = state.memory ?? NO_MEMORY;
  const memory = foldMemory(known, { event, reason: state.metrics?.open?.reason ?? null });
  return memory === known ? summary : { ...summary, state: { ...state, memory } };
}
