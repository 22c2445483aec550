import type { KeptFile } from '../stores/kept-file.ts';
import type { ControlServer } from './control-server.ts';
import type { LoopFiles } from './loop-files.ts';
import { TamperGuard, type GuardedFile } from './tamper-guard.ts';

export interface GuardedLoop {
  readonly files: LoopFiles;
  readonly control: ControlServer;
  /** Written when the runner begins. */
  readonly own: () => readonly KeptFile[];
  readonly iteration: () => number;
  readonly warn: (message: string) => void;
}

/** The guard of everything a runner keeps in its loop's data folder. */
export function guardLoop({ files, control, own, iteration, warn }: GuardedLoop): TamperGuard {
  const { paths, folder, lock, bare, log, reserve } = files;
  const kept = (file: KeptFile): GuardedFile => ({
    name: file.name,
    mend: () => reserve.lend(() => file.mend()),
  });
  return new TamperGuard({
    ...{ lock, iteration, warn },
    folder: { name: `its folder ${paths.directory}`, mend: () => folder.mend() },
    mendSnapshots: () => reserve.lend(() => bare.snapshots.mend()),
    files: () => [
      { name: 'events.ndjson', mend: () => reserve.lend(() => bare.events.mend()) },
      ...[...own(), files.ignore, ...bare.summaries.files, ...bare.workers.files].map(kept),
      { name: 'control.sock', mend: () => control.mend() },
      { name: 'loop.log', mend: () => log.mend() },
    ],
  });
}
