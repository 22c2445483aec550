import { resolve } from 'node:path';
import { AutoloopError, EXIT } from '../../domain/error.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import type { Replayed } from '../../runner/replay/replay-journal.ts';
import { replayRun, type RunReplay } from '../../runner/replay/replay-run.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import { openBundle } from '../bundle/bundled-journal.ts';
import type { CliContext, CommandOptions, RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { countOption } from '../history/read-number.ts';
import { endWords, replayExitCode } from '../replay/replay-end.ts';
import { replayDocument } from '../replay/replay-document.ts';
import { replayedLine } from '../replay/replayed-line.ts';
import { loopPlace } from '../status/loop-place.ts';
import { paintFor } from '../tables/paint.ts';
import { oneLine } from '../tables/text-width.ts';

/** Plays a past run again through the machine, without an effect, and holds what comes of it against the disk. */
export const run: RunCommand = async (context, options) => {
  if (options['step'] === true && context.globals.json) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: '--step is for people, --json for programs.',
      fix: 'Leave one of them out.',
    });
  }
  const from = text(options['from']);
  if (from === null) {
    const place = loopPlace(context);
    const code = await replayIn(context, options, dataPaths(place.dataDirectory));
    if (code === null) {
      await sayEmpty(context, place, 'journal');
    }
    return code ?? EXIT.ok;
  }
  const bundle = openBundle(resolve(context.cwd, from));
  try {
    const code = await replayIn(context, options, bundle.paths);
    if (code === null) {
      context.terminal.notice('There is no journal in it.');
    }
    return code ?? EXIT.ok;
  } finally {
    bundle.remove();
  }
};

/** null: there is no journal. */
async function replayIn(
  context: CliContext,
  options: CommandOptions,
  paths: DataPaths,
): Promise<number | null> {
  const { redactValue } = createRedactor(collectSecrets(context.environment));
  const request = {
    runId: text(options['run']),
    until: countOption(options, 'until'),
    redactValue,
  };
  const replay = replayRun(paths, request);
  if (replay === null) {
    return null;
  }
  if (options['step'] === true) {
    return walk(context, replay);
  }
  return context.globals.json ? tell(context, replay) : show(context, replay);
}

function show({ terminal }: CliContext, replay: RunReplay): number {
  const paint = paintFor(terminal);
  let last: Replayed | null = null;
  let steps = 0;
  for (const replayed of replay.passed) {
    if (last === null) {
      terminal.write(`${headline(replay.runId, replayed)}\n`);
    }
    terminal.write(`${replayedLine(replayed, paint)}\n`);
    last = replayed;
    steps += replayed.kind === 'step' ? 1 : 0;
  }
  const end = replay.end();
  const words = endWords(end, last, steps);
  terminal.write(`${end.verdict === 'differs' ? paint.bad(words) : paint.good(words)}\n`);
  return replayExitCode(end);
}

function headline(runId: string, first: Replayed): string {
  const version = first.kind === 'start' ? `, kept by autoloop ${first.start.autoloop}` : '';
  return oneLine(`Run ${runId}${version}`);
}

/** NDJSON: a line for each start and step, at last what they come to. */
function tell({ terminal }: CliContext, replay: RunReplay): number {
  for (const replayed of replay.passed) {
    terminal.write(`${JSON.stringify(replayDocument(replayed))}\n`);
  }
  const end = replay.end();
  const at = 'at' in end && end.at !== null ? replayDocument(end.at) : null;
  terminal.write(
    `${JSON.stringify({ run_id: replay.runId, ...end, ...('at' in end && { at }) })}\n`,
  );
  return replayExitCode(end);
}

async function walk(context: CliContext, replay: RunReplay): Promise<number> {
  if (!context.terminal.isInteractive || !process.stdin.isTTY) {
    throw new AutoloopError({
      code: EXIT.usage,
      message: '--step needs a terminal to walk in.',
      fix: 'Without it, all steps are printed; with --json, for programs.',
    });
  }
  const { walkThrough } = await import('../replay/walk-through.ts');
  return walkThrough(context, replay);
}

function text(option: CommandOptions[string]): string | null {
  return typeof option === 'string' ? option : null;
}
