import type { Environment } from '../../domain/environment.ts';
import type { LoopFacts } from './hook-variables.ts';

/** What a bash task is told, and what is told of it. */
export interface BashScene {
  /** What hooks inherit. */
  readonly environment: Environment;
  /** Absolute path of the prompt file the operator named. */
  readonly promptFile: string | null;
  readonly redact: (text: string) => string;
  /** Whether a variable of this name is a setting, which a worker gets only in other ways. */
  readonly isSetting: (name: string) => boolean;
  /** Of the loop whose task is loaded. */
  readonly loop: LoopFacts;
}
