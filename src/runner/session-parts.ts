import type { LoopFiles } from './loop-files.ts';
import type { LoopPlan } from './loop-plan.ts';
import type { LoopState } from './read-state.ts';
import type { RunRequest } from './run-request.ts';

/** What a session is made of: all of it read and checked before it begins. */
export interface SessionParts {
  readonly plan: LoopPlan;
  readonly files: LoopFiles;
  readonly request: RunRequest;
  readonly state: LoopState;
}
