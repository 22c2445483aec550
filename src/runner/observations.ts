import type { Equipment } from '../actors/loop-world.ts';

/** What a dry run noticed while it asked. */
export class Observations {
  equipment: Equipment | null = null;
  /** Programs that were looked for and not found. */
  readonly missing: string[] = [];
  readonly warnings: string[] = [];
}
