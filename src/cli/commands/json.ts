import { AutoloopError, EXIT } from '../../domain/error.ts';
import { emptySummary } from '../../domain/summary/empty-summary.ts';
import { readStatus } from '../../runner/read-status.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import type { CommandOptions, RunCommand } from '../cli-context.ts';
import { failureKinds, recentFailures } from '../history/failures.ts';
import { iterationEnds } from '../history/iteration-ends.ts';
import { durationFigures } from '../history/percentiles.ts';
import { periods } from '../history/periods.ts';
import { numberArgument } from '../history/read-number.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import { keptSummary, rebuiltSummary } from '../history/summary-figures.ts';
import { loopPlace } from '../status/loop-place.ts';

/** One JSON document about the loop, for scripts; `--json` or not. A loop that never ran has figures, too: none. */
export const run: RunCommand = async (context, options, args) => {
  const [name = 'summary', number] = args;
  const view = VIEWS[name];
  if (!view) {
    throw unknownView(name);
  }
  const wanted = numberArgument(number, `The number behind "${name}"`) ?? ITERATIONS;
  const place = loopPlace(context);
  const document = await view({ place, paths: dataPaths(place.dataDirectory), wanted, options });
  context.terminal.write(`${JSON.stringify(document)}\n`);
  return EXIT.ok;
};

const ITERATIONS = 10;

interface ViewRequest {
  readonly place: LoopPlace;
  readonly paths: DataPaths;
  readonly wanted: number;
  readonly options: CommandOptions;
}

const VIEWS: Readonly<Record<string, (request: ViewRequest) => unknown>> = {
  summary: ({ place, paths, options }) => {
    const rebuild = options['rebuild'] === true;
    const summary = rebuild ? rebuiltSummary(paths) : keptSummary(paths);
    return summary ?? emptySummary(place.task);
  },
  recent: ({ paths, wanted }) => recentIterations(paths.events, { wanted }),
  inflight: ({ place }) => workersOf(place),
  durations: ({ paths }) =>
    durationFigures([...iterationEnds(paths.events)].flatMap(({ duration }) => duration ?? [])),
  errors: ({ paths, wanted }) => recentFailures(paths.events, wanted),
  'error-breakdown': ({ paths }) => failureKinds(paths.events),
  hourly: ({ paths }) => periods(paths.events, 'hour'),
  daily: ({ paths }) => periods(paths.events, 'day'),
};

/** The workers that live now; at most one as long as a loop has one lane. */
async function workersOf(place: LoopPlace): Promise<object[]> {
  const { status } = await readStatus(place);
  const { worker, iteration, target, running } = status;
  return running && worker ? [{ iteration, target, ...worker }] : [];
}

function unknownView(name: string): AutoloopError {
  return new AutoloopError({
    code: EXIT.usage,
    message: `There is no "autoloop json ${name}".`,
    fix: `Choose one of: ${Object.keys(VIEWS).join(', ')}.`,
  });
}
