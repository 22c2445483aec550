import { dirname } from 'node:path';
import { AutoloopError, EXIT } from '../domain/error.ts';
import { errorCode } from './error-code.ts';

/** What was tried on which path, as in "Cannot {verb} {path}". */
export interface StorageDeed {
  readonly verb: string;
  readonly path: string;
}

/**
 * Tells the operator of a file system's refusal: 153 where something ran out, 155 where the path is the trouble.
 * Every other error is a bug and comes back as it is.
 */
export function storageError(error: unknown, deed: StorageDeed): Error {
  const code = errorCode(error);
  const refusal = code === null ? undefined : REFUSALS[code];
  if (refusal === undefined) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return new AutoloopError({
    code: refusal.exit,
    message: `Cannot ${deed.verb} ${deed.path}: ${refusal.why} (${code}).`,
    fix: refusal.fix(deed.path),
    cause: error,
  });
}

interface Refusal {
  readonly exit: number;
  readonly why: string;
  fix(path: string): string;
}

const makeRoom = (path: string): string =>
  `Make room on its disk, then start again: df -h ${dirname(path)}`;
const raiseFiles = (): string => 'Raise the limit of open files, then start again: ulimit -n 4096';
const makeWritable = (path: string): string =>
  `Give it to this user, or take another folder with --data: ls -ld ${dirname(path)} ${path}`;
const takeOther = (path: string): string =>
  `Take another folder with --data, or look at this one: ls -ld ${dirname(path)}`;

const REFUSALS: Readonly<Record<string, Refusal | undefined>> = {
  ENOSPC: { exit: EXIT.resourceExhausted, why: 'no space is left', fix: makeRoom },
  EDQUOT: { exit: EXIT.resourceExhausted, why: 'the disk quota is used up', fix: makeRoom },
  EFBIG: {
    exit: EXIT.resourceExhausted,
    why: 'the limit of file sizes is reached',
    fix: () => 'Raise the limit, then start again: ulimit -f unlimited',
  },
  EMFILE: { exit: EXIT.resourceExhausted, why: 'too many files are open', fix: raiseFiles },
  ENFILE: { exit: EXIT.resourceExhausted, why: 'too many files are open', fix: raiseFiles },
  EACCES: { exit: EXIT.access, why: 'permission denied', fix: makeWritable },
  EPERM: { exit: EXIT.access, why: 'the system does not permit it', fix: makeWritable },
  EROFS: { exit: EXIT.access, why: 'its file system is read-only', fix: takeOther },
  ENOENT: { exit: EXIT.access, why: 'its folder does not exist', fix: takeOther },
  ENOTDIR: { exit: EXIT.access, why: 'a part of the path is no folder', fix: takeOther },
  ERR_FS_EISDIR: { exit: EXIT.access, why: 'it is a folder', fix: takeOther },
  EISDIR: { exit: EXIT.access, why: 'it is a folder', fix: takeOther },
  EFTYPE: { exit: EXIT.access, why: 'it is no regular file', fix: takeOther },
  ELOOP: { exit: EXIT.access, why: 'its links go round in a circle', fix: takeOther },
  ENAMETOOLONG: { exit: EXIT.access, why: 'the path is too long', fix: takeOther },
  ENOTSUP: { exit: EXIT.access, why: 'its file system cannot do that', fix: takeOther },
  EIO: { exit: EXIT.access, why: 'the disk reports an error', fix: takeOther },
};
