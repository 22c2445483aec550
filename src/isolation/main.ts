import { setImmediate } from 'node:timers/promises';
import { describeError, EXIT } from '../domain/error.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { openAgentPipes } from './agent-pipes.ts';
import { readFrame } from './frame.ts';
import { isolate } from './isolate.ts';
import { readStdin } from './read-stdin.ts';
import { listenToSignals } from './signals.ts';
import { tellFault } from './tell-fault.ts';

/**
 * Plays the attempts that come as frames on stdin, one after the other, until its end; after one that left something
 * behind, no other. All that needs no order is done before it is there.
 */
async function main(): Promise<number> {
  const [, , directory = '.'] = process.argv;
  const signals = listenToSignals();
  for (let exitCode = EXIT_BAD_FRAME; ; exitCode = EXIT.ok) {
    const pipes = openAgentPipes(directory);
    const order = readFrame(readStdin);
    if (order === null) {
      return exitCode;
    }
    const played = await isolate(order, { pipes, signals });
    if (!played.isClean) {
      return played.exitCode;
    }
    // What still came for this attempt must not meet the next one.
    await setImmediate();
  }
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
