import { EXIT } from '../../domain/error.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';

/** Of one loop or of all: 0 where any runs, 4 where any is believed alive but dead, else 3. */
export function statusExitCode(statuses: readonly Pick<LoopStatus, 'running' | 'stale'>[]): number {
  if (statuses.some(({ running }) => running)) {
    return EXIT.ok;
  }
  return statuses.some(({ stale }) => stale) ? EXIT.stale : EXIT.notRunning;
}
