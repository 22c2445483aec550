import type { PageNews } from './page-news.ts';
import type { SteeringAnswer, SteeringCommand } from './steering.ts';

/** Where a page's loops come from. Neither call throws. */
export interface InspectedLoops {
  /** Tells of all loops, and of the chosen one, at every change until it is ended. null: none is chosen. */
  watch(loop: string | null, told: (news: PageNews) => void): Watching;
  /** Answers when the loop has taken it; of `force-stop`, when it has ended. */
  steer(loop: string, command: SteeringCommand): Promise<SteeringAnswer>;
}

export interface Watching {
  /** All that is known now, for one who missed some of it. */
  readonly whole: () => readonly PageNews[];
  readonly end: () => void;
}
