import { EXIT } from '../../domain/error.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { iterationTable } from '../history/iteration-table.ts';
import { numberArgument } from '../history/read-number.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import { loopPlace } from '../status/loop-place.ts';

const ITERATIONS = 20;

/** The last iterations, oldest first, so that the newest stands at the prompt. */
export const run: RunCommand = async (context, _options, args) => {
  const place = loopPlace(context);
  const wanted = numberArgument(args[0], 'The number of iterations') ?? ITERATIONS;
  const records = recentIterations(dataPaths(place.dataDirectory).events, { wanted }).toReversed();
  if (context.globals.json) {
    context.terminal.write(`${JSON.stringify(records)}\n`);
  } else if (records.length > 0) {
    context.terminal.write(iterationTable(context, records));
  } else {
    await sayEmpty(context, place, 'iterations');
  }
  return EXIT.ok;
};
