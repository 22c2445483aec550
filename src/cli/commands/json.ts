import { AutoloopError, EXIT } from '../../domain/error.ts';
import { emptySummary } from '../../domain/summary/empty-summary.ts';
import type { Summary } from '../../domain/summary/summary.ts';
import { readStatus } from '../../runner/read-status.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import type { CommandOptions, RunCommand } from '../cli-context.ts';
import { failureKinds, recentFailures } from '../history/failures.ts';
import { isBounded, windowOption, type HistoryWindow } from '../history/history-window.ts';
import { iterationEnds } from '../history/iteration-ends.ts';
import { durationFigures } from '../history/percentiles.ts';
import { periods } from '../history/periods.ts';
import { numberArgument } from '../history/read-number.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import { keptSummary } from '../history/kept-summary.ts';
import { rebuiltSummary, summaryWithin } from '../history/summary-figures.ts';
import { loopPlace } from '../status/loop-place.ts';

/** One JSON document about the loop, for scripts; `--json` or not. A loop that never ran has figures, too: none. */
export const run: RunCommand = async (context, options, args) => {
  const [name = 'summary', number] = args;
  const view = VIEWS[name];
  if (!view) {
    throw unknownView(name);
  }
  const window = windowOption(options);
  const given = numberArgument(number, `The number behind "${name}"`);
  const place = loopPlace(context);
  const paths = dataPaths(place.dataDirectory);
  const wanted = given ?? (isBounded(window) ? null : ITERATIONS);
  const document = await view({ place, paths, wanted, window, options });
  context.terminal.write(`${JSON.stringify(document)}\n`);
  return EXIT.ok;
};

const ITERATIONS = 10;

interface ViewRequest {
  readonly place: LoopPlace;
  readonly paths: DataPaths;
  /** null: all within the window. */
  readonly wanted: number | null;
  readonly window: HistoryWindow;
  readonly options: CommandOptions;
}

const VIEWS: Readonly<Record<string, (request: ViewRequest) => unknown>> = {
  summary: summaryView,
  recent: ({ paths, wanted, window }) => recentIterations(paths.events, { window, wanted }),
  inflight: workersOf,
  durations: ({ paths, window }) =>
    durationFigures(
      [...iterationEnds(paths.events, window)].flatMap(({ duration }) => duration ?? []),
    ),
  errors: ({ paths, wanted, window }) => recentFailures(paths.events, { window, wanted }),
  'error-breakdown': ({ paths, window }) => failureKinds(paths.events, window),
  hourly: ({ paths, window }) => periods(paths.events, { name: 'hour', window }),
  daily: ({ paths, window }) => periods(paths.events, { name: 'day', window }),
};

function summaryView({ place, paths, window, options }: ViewRequest): object {
  const rebuild = options['rebuild'] === true;
  const whole = (): Summary | null => (rebuild ? rebuiltSummary(paths) : keptSummary(paths));
  const summary = isBounded(window) ? summaryWithin(paths, window) : whole();
  return summary ?? emptySummary(place.task);
}

/** The workers that live now; at most one as long as a loop has one lane. */
async function workersOf({ place, window }: ViewRequest): Promise<object[]> {
  if (isBounded(window)) {
    throw new AutoloopError({
      code: EXIT.usage,
      message:
        '"autoloop json inflight" tells what is going on now: it has no --since, --until or --last.',
      fix: 'What was going on then: autoloop json recent --since 2h',
    });
  }
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
