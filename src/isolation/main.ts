import { setImmediate } from 'node:timers/promises';
import { describeError, EXIT } from '../domain/error.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { dataPaths } from '../stores/data-paths.ts';
import { Reserve } from '../stores/reserve.ts';
import { openAgentPipes } from './agent-pipes.ts';
import { closeInherited } from './close-inherited.ts';
import { readFrame } from './frame.ts';
import { isolate } from './isolate.ts';
import { readStdin } from './read-stdin.ts';
import { listenToSignals } from './signals.ts';
import { tellFault } from './tell-fault.ts';

/**
 * Plays the attempt that comes as a frame on stdin; where it is kept, the next ones too, one after the other, until
 * stdin ends or one left something behind. All that needs no order is done before it is there.
 */
async function main(): Promise<number> {
  const [, , directory = '.', isKept] = process.argv;
  closeInherited();
  const signals = listenToSignals();
  const reserve = new Reserve(dataPaths(directory).reserve);
  for (let exitCode = EXIT_BAD_FRAME; ; exitCode = EXIT.ok) {
    const pipes = openAgentPipes(directory);
    const order = readFrame(readStdin);
    // A signal that came while this process waited for its order is only heard now, and is not meant for this attempt.
    await setImmediate();
    await setImmediate();
    if (order === null || signals.cameIdle) {
      return exitCode;
    }
    const played = await isolate(order, { pipes, signals, reserve });
    if (!isKept || !played.isClean) {
      return played.exitCode;
    }
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
