import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { describeIteration } from '../history/describe-iteration.ts';
import { numberArgument } from '../history/read-number.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import { wholeIteration, type WholeIteration } from '../history/whole-iteration.ts';
import { commandFor } from '../status/next-command.ts';
import { loopPlace } from '../status/loop-place.ts';

/** One iteration whole; without a number the last one. */
export const run: RunCommand = async (context, _options, args) => {
  const place = loopPlace(context);
  const asked = numberArgument(args[0], 'The iteration');
  const paths = dataPaths(place.dataDirectory);
  const last = recentIterations(paths.events, { wanted: 1 })[0]?.iteration ?? null;
  const iteration = asked ?? last;
  const whole =
    iteration === null ? null : await wholeIteration(paths, { iteration, task: place.task });
  if (!whole) {
    throw unknownIteration(context, place, { iteration, last });
  }
  const { json } = context.globals;
  context.terminal.write(
    json ? `${JSON.stringify(asJson(whole))}\n` : describeIteration(context, whole),
  );
  return EXIT.ok;
};

function asJson({ task, record, files, gates, logTail, events }: WholeIteration): object {
  const attempts = files.attempts.map(({ attempt, claim, result }) => ({ attempt, claim, result }));
  return {
    task,
    ...record,
    attempt_files: attempts,
    prompt: files.prompt,
    report_file: files.report,
    gates,
    ...{ log: files.log, log_tail: logTail, events },
  };
}

function unknownIteration(
  context: CliContext,
  place: LoopPlace,
  { iteration, last }: { iteration: number | null; last: number | null },
): AutoloopError {
  if (last === null) {
    return new AutoloopError({
      code: EXIT.configuration,
      message: `Loop "${place.loop}" has no iterations yet.`,
      fix: `Begin with: ${commandFor(context, place, 'run')}`,
    });
  }
  return new AutoloopError({
    code: EXIT.configuration,
    message: `Nothing is kept of iteration ${iteration} of loop "${place.loop}"; its last one is ${last}.`,
    fix: `See which there are: ${commandFor(context, place, 'iterations')}`,
  });
}
