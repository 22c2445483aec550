import type { AttemptStore } from '../ports/attempt-store.ts';
import type { EventLog } from '../ports/event-log.ts';
import type { SnapshotStore } from '../ports/snapshot-store.ts';
import type { SummaryStore } from '../ports/summary-store.ts';
import type { WorkerList } from '../ports/worker-list.ts';
import type { Reserve } from '../stores/reserve.ts';

/** The stores a run needs to come to its end, each with room from the reserve where the disk has none. */

export function reservedSnapshots(store: SnapshotStore, reserve: Reserve): SnapshotStore {
  return {
    load: () => store.load(),
    save: (envelope) => reserve.lend(() => store.save(envelope)),
  };
}

/** Events that were written before the disk was full are not written again. */
export function reservedEvents(log: EventLog, reserve: Reserve): EventLog {
  return {
    lastSeq: () => log.lastSeq(),
    append: (events) => {
      const before = log.lastSeq();
      reserve.lend(() => {
        const kept = log.lastSeq();
        log.append(kept === before ? events : events.filter(({ seq }) => seq > kept));
      });
    },
  };
}

export function reservedAttempts(store: AttemptStore, reserve: Reserve): AttemptStore {
  return {
    directory: (key) => reserve.lend(() => store.directory(key)),
    logFile: (iteration) => store.logFile(iteration),
    readClaim: (key) => store.readClaim(key),
    readResult: (key) => store.readResult(key),
    claim: (key, claim) => reserve.lend(() => store.claim(key, claim)),
    settle: (key, result) => reserve.lend(() => store.settle(key, result)),
    keep: (iteration, copy) => reserve.lend(() => store.keep(iteration, copy)),
    kept: (iteration, name) => store.kept(iteration, name),
    restoreClaim: (key, claim) => reserve.lend(() => store.restoreClaim(key, claim)),
    discardForeign: (key, attemptId) => store.discardForeign(key, attemptId),
    empty: (key) => store.empty(key),
    exists: (key) => store.exists(key),
    watch: (key, changed) => store.watch(key, changed),
    prune: (limits) => store.prune(limits),
    lastIteration: () => store.lastIteration(),
  };
}

export function reservedSummaries(store: SummaryStore, reserve: Reserve): SummaryStore {
  return {
    readMetrics: () => store.readMetrics(),
    writeMetrics: (metrics) => reserve.lend(() => store.writeMetrics(metrics)),
    readText: () => store.readText(),
    writeText: (text) => reserve.lend(() => store.writeText(text)),
  };
}

export function reservedWorkers(list: WorkerList, reserve: Reserve): WorkerList {
  return {
    list: () => list.list(),
    add: (identity, key) => reserve.lend(() => list.add(identity, key)),
    remove: (key) => reserve.lend(() => list.remove(key)),
  };
}
