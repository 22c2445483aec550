import type { CliContext } from '../cli-context.ts';
import type { Size } from './screen.ts';
import type { LineSpace } from './styled-line.ts';

/** What a page is made with, beside its loops. */
export interface PageFacts extends Size, LineSpace {
  readonly context: CliContext;
  /** Epoch ms. */
  readonly now: number;
}
