import { EXIT } from '../../domain/error.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { LineHistory } from '../history/line-history.ts';
import { logLine } from '../history/log-line.ts';
import { iterationOption, lineCount } from '../history/read-number.ts';
import { showOutput } from '../history/show-output.ts';
import { loopPlace } from '../status/loop-place.ts';
import { paintFor } from '../tables/paint.ts';

const LINES = 200;

/** The loop's log for people; with `--iteration` what that iteration's workers said and did, or printed. */
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
