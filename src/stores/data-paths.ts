import { join } from 'node:path';

/** Every file of `data/<loop>/`, absolute. What is made per iteration lies in `iterations`. */
export interface DataPaths {
  readonly directory: string;
  readonly ignore: string;
  readonly lock: string;
  readonly pid: string;
  readonly owner: string;
  readonly heartbeat: string;
  readonly workers: string;
  readonly snapshot: string;
  readonly formerSnapshot: string;
  readonly lanes: string;
  readonly events: string;
  readonly log: string;
  readonly journal: string;
  readonly trace: string;
  readonly summary: string;
  readonly summaryText: string;
  readonly iterations: string;
  readonly notes: string;
  readonly gates: string;
  readonly reserve: string;
}

/** Touches nothing. Where the control socket listens is told by `controlSocketPath`, to clients by the owner file. */
export function dataPaths(directory: string): DataPaths {
  const inside = (name: string): string => join(directory, name);
  return {
    directory,
    ignore: inside('.gitignore'),
    lock: inside('loop.lock'),
    pid: inside('loop.pid'),
    owner: inside('loop.owner.json'),
    heartbeat: inside('heartbeat'),
    workers: inside('workers.pids'),
    snapshot: inside('snapshot.json'),
    formerSnapshot: inside('snapshot.prev.json'),
    lanes: inside('lanes'),
    events: inside('events.ndjson'),
    log: inside('loop.log'),
    journal: inside('journal'),
    trace: inside('runner.err'),
    summary: inside('summary.json'),
    summaryText: inside('summary.txt'),
    iterations: inside('iterations'),
    notes: inside('notes'),
    gates: inside('gates'),
    reserve: inside('reserve'),
  };
}
