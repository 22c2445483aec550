import { describeError } from '../domain/error.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { readFrame } from './frame.ts';
import { isolate } from './isolate.ts';
import { readStdin } from './read-stdin.ts';
import { tellFault } from './tell-fault.ts';

/** Plays the one attempt that comes as a frame on stdin. */
async function main(): Promise<number> {
  const order = readFrame(readStdin);
  return order === null ? EXIT_BAD_FRAME : isolate(order);
}

/** EX_DATAERR of sysexits.h: nothing was claimed, nothing started. */
const EXIT_BAD_FRAME = 65;

function fail(error: unknown): number {
  tellFault(error, (text) => createRedactor([]).redact(text));
  return describeError(error).code;
}

async function run(): Promise<void> {
  process.exitCode = await main().catch(fail);
}

void run();
