import type { OutcomeGroup } from '../../report/outcome-group.ts';
import type { FoundLoop } from '../status/all-loops.ts';

/** All that the page shows of a loop. */
export interface LoopView {
  readonly found: FoundLoop;
  /** How its last iterations ended, the newest last. */
  readonly recent: readonly OutcomeGroup[];
  /** What its worker said last, oldest first. */
  readonly said: readonly string[];
  /** What its figures tell without being asked. */
  readonly notices: readonly string[];
}
