import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { attempted } from './attempted.ts';
import { fail, ok, warn, type Finding } from './finding.ts';
import { fileSystemName, isRemote } from './file-system.ts';

export interface Folders {
  readonly root: string;
  readonly data: string;
}

/** Folders autoloop reads and writes. Nothing is written to find out. */
export function folderFindings({ root, data }: Folders): Promise<Finding[]> {
  return Promise.all([
    attempted('root', () => readable(root)),
    attempted('data folder', () => writable(data)),
    attempted('file system', () => fileSystem(nearest(data))),
    attempted('free disk', () => freeDisk(nearest(data))),
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
  const there = nearest(data);
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

/** `--min-free-mb`, and what a long run may need. */
const LEAST_MB = 200;
const COMFORTABLE_MB = 1_000;

function freeDisk(path: string): Finding {
  const { bavail, bsize } = statfsSync(path);
  const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  const detail =
    megabytes > 10_000 ? `${Math.floor(megabytes / 1024)} GB free` : `${megabytes} MB free`;
  const fix = `Make room on its disk: df -h ${path}`;
  if (megabytes < LEAST_MB) {
    return fail('free disk', `${detail}, less than ${LEAST_MB} MB`, fix);
  }
  return megabytes < COMFORTABLE_MB ? warn('free disk', detail, fix) : ok('free disk', detail);
}

/** The folder itself, or the first one above it that is there. */
function nearest(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
}

function canDo(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
