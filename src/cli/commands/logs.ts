import { existsSync } from 'node:fs';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { FileAttemptStore } from '../../stores/file-attempt-store.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { eventsOfIteration } from '../history/find-iteration.ts';
import { isNamed } from '../history/fold-record.ts';
import { LineHistory } from '../history/line-history.ts';
import { logLine } from '../history/log-line.ts';
import { iterationOption, lineCount } from '../history/read-number.ts';
import { WorkerOutput } from '../history/worker-output.ts';
import { commandFor } from '../status/next-command.ts';
import { loopPlace } from '../status/loop-place.ts';
import { paintFor } from '../tables/paint.ts';

const LINES = 200;

/** The loop's log for people; with `--iteration` what that iteration's workers printed. */
export const run: RunCommand = async (context, options) => {
  const place = loopPlace(context);
  const iteration = iterationOption(options);
  return iteration === null
    ? showLog(context, place, options)
    : showOutput(context, place, { options, iteration });
};

async function showLog(
  context: CliContext,
  place: LoopPlace,
  options: CommandOptions,
): Promise<number> {
  const { terminal, globals } = context;
  const history = new LineHistory(dataPaths(place.dataDirectory).log);
  const paint = paintFor(terminal);
  const show = (line: string): void =>
    terminal.write(`${globals.json ? line : logLine(line, paint)}\n`);
  try {
    if (history.isEmpty) {
      await sayEmpty(context, place, 'log');
    }
    history.last(lineCount(options) ?? LINES).forEach(show);
    if (options['follow'] === true) {
      for await (const line of history.follow(new AbortController().signal)) {
        show(line);
      }
    }
    return EXIT.ok;
  } finally {
    history.close();
  }
}

interface OutputWish {
  readonly options: CommandOptions;
  readonly iteration: number;
}

async function showOutput(
  context: CliContext,
  place: LoopPlace,
  { options, iteration }: OutputWish,
): Promise<number> {
  const paths = dataPaths(place.dataDirectory);
  const path = new FileAttemptStore(paths.iterations).logFile(iteration);
  const hasEnded = (): boolean =>
    eventsOfIteration(paths.events, iteration).some((event) => isNamed(event, 'iteration_end'));
  if (!existsSync(path)) {
    throw withoutOutput(context, place, iteration);
  }
  const write = (text: string): void => context.terminal.write(text);
  const output = new WorkerOutput({ path, lines: lineCount(options), write });
  try {
    output.show();
    if (options['follow'] === true) {
      await output.follow(hasEnded);
    }
    return EXIT.ok;
  } finally {
    output.close();
  }
}

function withoutOutput(context: CliContext, place: LoopPlace, iteration: number): AutoloopError {
  return new AutoloopError({
    code: EXIT.configuration,
    message: `Iteration ${iteration} of loop "${place.loop}" has no worker output: no worker of it was started, it was never begun, or it was removed with other old ones.`,
    fix: `See what there is: ${commandFor(context, place, 'iterations')}`,
  });
}
