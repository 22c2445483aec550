import { findTree, killTree, sweepTree, type TreeSearch } from '../stores/attempt-processes.ts';
import type { ProcessRow } from '../stores/process-row.ts';
import type { ProcessTree } from './process-tree.ts';

interface Agent {
  /** Leads its own group and session. */
  readonly pid: number;
  readonly attemptId: string;
  readonly hasExited: () => boolean;
}

/** A tree owned by its process group, its descendants and the mark in its environment: what any system has. */
export function baseProcessTree({ pid, attemptId, hasExited }: Agent): ProcessTree {
  // Who descends from whom can only be seen while the parents live.
  let known: readonly ProcessRow[] = [];
  const search = (): TreeSearch => ({ attemptId, leader: pid, known });
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (!hasExited()) {
      sendToGroup(pid, signal);
    }
  };
  return {
    terminate() {
      known = findTree(search());
      signalGroup('SIGTERM');
      // A stopped process would hear of it only after its grace.
      signalGroup('SIGCONT');
    },
    kill() {
      known = findTree(search());
      signalGroup('SIGKILL');
      killTree(search());
    },
    sweep: () => sweepTree(search()),
  };
}

/** Its last member may have gone in between. */
function sendToGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody is left to be told.
  }
}
