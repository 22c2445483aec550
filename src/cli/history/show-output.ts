import { existsSync } from 'node:fs';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { LoopPlace } from '../../runner/locate-loop.ts';
import type { WorkerWords } from '../../runner/worker-words.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import { FileAttemptStore } from '../../stores/file-attempt-store.ts';
import type { CliContext, CommandOptions } from '../cli-context.ts';
import { commandFor } from '../status/next-command.ts';
import { harmless } from '../tables/text-width.ts';
import { agentsOf, lastWordsIn } from './agents-of.ts';
import { eventsOfIteration } from './find-iteration.ts';
import { isNamed } from './fold-record.ts';
import { outputWords } from './output-words.ts';
import { lineCount } from './read-number.ts';
import { WordsOfOutput } from './words-of-output.ts';
import { WorkerOutput } from './worker-output.ts';

export interface OutputWish {
  readonly options: CommandOptions;
  readonly iteration: number;
}

/** What an iteration's workers said and did, a line each; with `--raw`, and where it is text, as they printed it. */
export async function showOutput(
  context: CliContext,
  place: LoopPlace,
  { options, iteration }: OutputWish,
): Promise<number> {
  const paths = dataPaths(place.dataDirectory);
  const path = new FileAttemptStore(paths.iterations).logFile(iteration);
  if (!existsSync(path)) {
    throw withoutOutput(context, place, iteration);
  }
  const isRaw = options['raw'] === true || context.globals.json;
  const words = isRaw ? null : await outputWords(agentsOf(paths, iteration));
  const shown = { context, options, paths, iteration, path };
  await (words ? showWords(shown, words) : showBytes(shown));
  return EXIT.ok;
}

interface Shown extends OutputWish {
  readonly context: CliContext;
  readonly paths: DataPaths;
  readonly path: string;
}

async function showBytes(shown: Shown): Promise<void> {
  const { path, options, context } = shown;
  const write = (text: string): void => context.terminal.write(text);
  await play(shown, new WorkerOutput({ path, lines: lineCount(options), write }));
}

async function showWords(shown: Shown, read: WorkerWords): Promise<void> {
  const { path, options, paths, iteration } = shown;
  const { terminal } = shown.context;
  const words = new WordsOfOutput(read, (text) => terminal.write(text));
  const lines = lineCount(options);
  const counts = (line: string): boolean => read(line) !== null;
  await play(shown, new WorkerOutput({ path, lines, counts, write: (text) => words.add(text) }));
  words.end();
  if (words.isEmpty) {
    terminal.notice('Nothing in it is for people. As it was kept: --raw');
  }
  const last = lines === null ? harmless(lastWordsIn(paths, iteration)).trim() : '';
  // One line of it was shown already.
  if (last.includes('\n')) {
    terminal.write(`\n${last}\n`);
  }
}

async function play({ options, paths, iteration }: Shown, output: WorkerOutput): Promise<void> {
  const hasEnded = (): boolean =>
    eventsOfIteration(paths.events, iteration).some((event) => isNamed(event, 'iteration_end'));
  try {
    output.show();
    if (options['follow'] === true) {
      await output.follow(hasEnded);
    }
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
