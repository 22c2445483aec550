import type { AttemptKey } from '../domain/attempt.ts';
import type { ProcessIdentity } from '../domain/process-identity.ts';

export interface LiveWorker extends AttemptKey {
  readonly pid: number;
  readonly startTicks: string;
}

/** `workers.pids`: the isolation layers of one loop that may be alive. */
export interface WorkerList {
  list(): readonly LiveWorker[];
  /** Safe to be called twice. */
  add(identity: ProcessIdentity, key: AttemptKey): void;
  remove(key: AttemptKey): void;
}
