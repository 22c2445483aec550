import type { ProcessIdentity } from '../domain/process-identity.ts';
import type { ProcessTable } from '../ports/process-table.ts';
import { errorCode } from './error-code.ts';
import { isAlive } from './process-identity.ts';

/** The processes of this machine, as seen from this process's pid namespace. */
export class SystemProcessTable implements ProcessTable {
  isAlive(identity: ProcessIdentity): boolean {
    return isAlive(identity);
  }

  /** Throws where the process is another user's. */
  signal(identity: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): boolean {
    return isAlive(identity) && sendSignal(identity.pid, signal);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') {
      return false;
    }
    throw error;
  }
}
