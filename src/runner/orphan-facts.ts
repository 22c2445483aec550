import type { LoopStatus } from '../domain/loop-status.ts';
import type { DataPaths } from '../stores/data-paths.ts';
import { readOwner, type LoopOwner } from '../stores/owner-file.ts';
import { bootId, isAlive } from '../stores/process-identity.ts';
import { FileWorkerList } from '../stores/workers-file.ts';

/** What is left of an unfinished run that has no runner; both null where that is not so. */
export interface OrphanFacts {
  /** Its runner `died`, went with the machine (`rebooted`), or `left` on purpose (hang-up, `once`). */
  readonly departure: 'died' | 'rebooted' | 'left' | null;
  /** Whether its worker lives on; null: it has none. */
  readonly isWorkerAlive: boolean | null;
}

/** A runner that leaves takes its owner file with it. */
export function findOrphanFacts(paths: DataPaths, { worker }: LoopStatus): OrphanFacts {
  const listed = new FileWorkerList(paths.workers).list();
  return {
    departure: departureOf(readOwner(paths.owner)),
    isWorkerAlive:
      worker === null ? null : listed.some((live) => isAlive({ ...live, bootId: bootId() })),
  };
}

function departureOf(owner: LoopOwner | null): OrphanFacts['departure'] {
  if (owner === null) {
    return 'left';
  }
  return owner.bootId === bootId() ? 'died' : 'rebooted';
}
