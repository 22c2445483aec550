import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Gate } from '../../task/gate.ts';
import type { CommandEnd } from './run-command.ts';

/** What the parser is to read, or why there is nothing to read. */
export type ReadReport = { readonly text: string } | { readonly problem: string };

const MOST_BYTES = 20_000_000;
/** File systems cut times down to what they can keep. */
const COARSEST_CLOCK_MS = 2_000;

/** The gate's report file, if it was written by this very run; else what the command printed. */
export function readGateReport(
  { report }: Gate,
  { end, beganEpochMs }: { readonly end: CommandEnd; readonly beganEpochMs: number },
): ReadReport {
  if (report === null || end.how !== 'exited') {
    return { text: end.output };
  }
  let fd: number | null = null;
  try {
    // Never waits for a writer, should it be a FIFO.
    fd = openSync(report, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.mtimeMs < beganEpochMs - COARSEST_CLOCK_MS) {
      return { problem: `its report ${report} was not written anew` };
    }
    const bytes = Buffer.alloc(Math.min(stat.size, MOST_BYTES));
    return { text: bytes.toString('utf8', 0, readSync(fd, bytes, 0, bytes.length, 0)) };
  } catch {
    return { problem: `its report ${report} cannot be read` };
  } finally {
    if (fd !== null) {
      closeSync(fd);
    }
  }
}
