import type { ProcessIdentity } from '../domain/process-identity.ts';

/** The machine's processes. */
export interface ProcessTable {
  /** pid, start time and boot id agree, and it is no zombie. */
  isAlive(identity: ProcessIdentity): boolean;
  /** Only to the process named by all three; false: it is gone. */
  signal(identity: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): boolean;
}
