import { AutoloopError, EXIT } from '../../domain/error.ts';
import type { MachineHistory } from '../../inspect/history/machine-history.ts';
import { HistoryTally } from '../../inspect/history/tally.ts';
import { collectSecrets } from '../../redaction/known-secrets.ts';
import { createRedactor } from '../../redaction/redactor.ts';
import { replayJournal, type Replayed } from '../../runner/replay/replay-journal.ts';
import { chooseRun } from '../../runner/replay/choose-run.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { journaledRuns, readJournal } from '../../stores/journal/read-journal.ts';
import type { CliContext } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { loopPlace } from '../status/loop-place.ts';
import { oneLine } from '../tables/text-width.ts';

/**
 * What the loop's machine has done in a run, or in all of which a journal is kept. Throws AutoloopError 150 for a run that
 * has none, 155.
 */
export async function readHistory(
  context: CliContext,
  runId: string | null,
): Promise<MachineHistory> {
  const place = loopPlace(context);
  const paths = dataPaths(place.dataDirectory);
  const { journal } = paths;
  const runs = runId === null ? journaledRuns(journal) : [chooseRun(paths, runId)];
  if (runs.length === 0) {
    await sayEmpty(context, place, 'journal');
  }
  const { redactValue } = createRedactor(collectSecrets(context.environment));
  const tally = new HistoryTally();
  for (const run of runs.filter((id) => id !== null)) {
    const fault = addRun(tally, replayJournal(readJournal(journal, run), { redactValue }));
    if (fault !== null) {
      context.terminal.notice(oneLine(`Not all of run ${run} is told: ${fault}`));
    }
  }
  return tally.history;
}

/** null: all of it was added; else why not. */
function addRun(tally: HistoryTally, replayed: Generator<Replayed>): string | null {
  try {
    for (const passed of replayed) {
      addStep(tally, passed);
      if (!passed.isSame) {
        return 'from some step on it leads elsewhere than its journal says. See: autoloop replay';
      }
    }
    return null;
  } catch (error) {
    if (error instanceof AutoloopError && error.code === EXIT.state) {
      return error.message;
    }
    throw error;
  }
}

function addStep(tally: HistoryTally, passed: Replayed): void {
  const { state } = passed;
  if (passed.kind === 'step') {
    tally.add({ kind: 'step', at: passed.at, state, taken: passed.taken });
    return;
  }
  const { start, at } = passed.start;
  if (start !== 'continued') {
    tally.add({ kind: start === 'new' ? 'begin' : 'resume', at, state, taken: [] });
  }
}
