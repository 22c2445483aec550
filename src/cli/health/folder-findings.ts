import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { freeMbAt, nearestThere } from '../../stores/free-space.ts';
import { attempted } from './attempted.ts';
import { fail, ok, warn, type Finding } from './finding.ts';
import { fileSystemName, isRemote } from './file-system.ts';

export interface Folders {
  readonly root: string;
  readonly data: string;
  /** `--min-free-mb`; 0: off. */
  readonly floorMb: number;
}

/** Folders autoloop reads and writes. Nothing is written to find out. */
export function folderFindings({ root, data, floorMb }: Folders): Promise<Finding[]> {
  return Promise.all([
    attempted('root', () => readable(root)),
    attempted('data folder', () => writable(data)),
    attempted('file system', () => fileSystem(nearestThere(data))),
    attempted('free disk', () => freeDisk(nearestThere(data), floorMb)),
  ]);
}

function readable(root: string): Finding {
  if (!existsSync(root)) {
    return fail('root', `${root} does not exist`, 'Set it up: autoloop init');
  }
  return canDo(root, constants.R_OK | constants.X_OK)
    ? ok('root', root)
    : fail('root', `${root} cannot be read`, `Let this user read it: ls -ld ${root}`);
}

function writable(data: string): Finding {
  const there = nearestThere(data);
  if (!statSync(there).isDirectory()) {
    return fail('data folder', `${there} is no folder`, 'Name another one with --data.');
  }
  if (!canDo(there, constants.R_OK | constants.W_OK | constants.X_OK)) {
    return fail(
      'data folder',
      `${there} cannot be written`,
      `Give it to this user, or name another one with --data: ls -ld ${there}`,
    );
  }
  return ok('data folder', there === data ? data : `${data} (will be created)`);
}

function fileSystem(path: string): Finding {
  const name = fileSystemName(statfsSync(path).type);
  return isRemote(name)
    ? warn(
        'file system',
        `${name}: locks and renames may not hold on it`,
        'Keep data on a local disk: --data DIR',
      )
    : ok('file system', name);
}

/** What a long run may need. */
const COMFORTABLE_MB = 1_000;

function freeDisk(path: string, floorMb: number): Finding {
  const megabytes = freeMbAt(path);
  if (megabytes === null) {
    return warn('free disk', 'its file system does not tell', `Look yourself: df -h ${path}`);
  }
  const room =
    megabytes > 10_000
      ? `${Math.floor(megabytes / 1024)} GB free`
      : `${Math.floor(megabytes)} MB free`;
  const fix = `Make room on its disk: df -h ${path}`;
  if (megabytes < floorMb) {
    const detail = `${room}, below the floor of ${floorMb} MB (--min-free-mb): no run would begin`;
    return fail('free disk', detail, fix);
  }
  const detail = floorMb === 0 ? `${room}, no floor` : `${room}, the floor is ${floorMb} MB`;
  return megabytes < COMFORTABLE_MB ? warn('free disk', detail, fix) : ok('free disk', detail);
}

function canDo(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
