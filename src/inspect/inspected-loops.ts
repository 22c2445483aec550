import type { LoopHistory } from './loop-history.ts';
import type { PageNews } from './page-news.ts';
import type { SteeringAnswer, SteeringCommand } from './steering.ts';

/** Where a page's loops come from. */
export interface InspectedLoops {
  /** Tells of all loops, and of the chosen one, at every change until it is ended. null: none is chosen. */
  watch(loop: string | null, told: (news: PageNews) => void): Watching;
  /** Never throws. Answers when the loop has taken it; of `force-stop`, when it has ended. */
  steer(loop: string, command: SteeringCommand): Promise<SteeringAnswer>;
  /** What its last run did; null: nothing is kept of it, or there is no such loop. Throws AutoloopError where it cannot be read. */
  history(loop: string): Promise<LoopHistory | null>;
}

export interface Watching {
  /** All that is known now, for one who missed some of it. */
  readonly whole: () => readonly PageNews[];
  readonly end: () => void;
}
