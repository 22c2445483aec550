import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { errorCode } from './error-code.ts';

const FLAGS = {
  r: constants.O_RDONLY,
  w: constants.O_WRONLY | constants.O_TRUNC | constants.O_CREAT,
  a: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT,
  'a+': constants.O_RDWR | constants.O_APPEND | constants.O_CREAT,
} as const;

/**
 * As `openSync` with mode 0600, of a regular file alone: the opening of a FIFO that somebody has put in its place would
 * wait for ever, and a device may never end. Throws what the system says, EFTYPE for what is no regular file.
 */
export function openRegular(path: string, flags: keyof typeof FLAGS): number {
  const fd = openAtOnce(path, FLAGS[flags] | constants.O_NONBLOCK | constants.O_NOCTTY);
  if (!fstatSync(fd).isFile()) {
    closeSync(fd);
    throw noRegularFile(path);
  }
  return fd;
}

/** All of a regular file, UTF-8. Throws as `openRegular`. */
export function readRegular(path: string): string {
  const fd = openRegular(path, 'r');
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}

/** A socket cannot be opened at all, a FIFO that nobody reads not for writing. */
function openAtOnce(path: string, flags: number): number {
  try {
    return openSync(path, flags, 0o600);
  } catch (error) {
    throw errorCode(error) === 'ENXIO' ? noRegularFile(path) : error;
  }
}

/** Named as BSD names it; Linux has no such code. */
export function noRegularFile(path: string): Error {
  return Object.assign(new Error(`EFTYPE: no regular file, open '${path}'`), { code: 'EFTYPE' });
}
