import type { GateResult, LoopView, RecentIteration } from '../../inspect/page-news.ts';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { groupOf } from '../../report/outcome-group.ts';
import { dataPaths, type DataPaths } from '../../stores/data-paths.ts';
import { eventsOfIteration } from '../history/find-iteration.ts';
import { gateRuns } from '../history/gate-runs.ts';
import { iterationFiles } from '../history/iteration-files.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import { noticeWords } from '../status/notice-words.ts';

/** What only the course of an iteration changes. */
export type Past = Pick<LoopView, 'recent' | 'notices' | 'gates'>;

/** Reads what is past of a loop, and only where it has moved on. */
export class LoopPast {
  #mark = '';
  #past: Past = { recent: [], notices: [], gates: null };

  of({ dataDir, runId, iteration, state }: LoopStatus): Past {
    const mark = `${runId} ${iteration} ${state}`;
    if (mark !== this.#mark) {
      this.#mark = mark;
      this.#past = readPast(dataPaths(dataDir), iteration);
    }
    return this.#past;
  }
}

const RECENT = 30;

function readPast(paths: DataPaths, iteration: number): Past {
  return {
    recent: orElse(() => recent(paths), []),
    notices: orElse(() => noticeWords(paths.directory), []),
    gates: orElse(() => lastGates(paths, iteration), null),
  };
}

/** What cannot be read is not shown, and keeps nothing else from being shown. */
function orElse<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function recent({ events }: DataPaths): RecentIteration[] {
  return recentIterations(events, { wanted: RECENT })
    .flatMap(({ iteration, outcome, target, duration }) =>
      outcome === null
        ? []
        : [{ iteration, outcome, group: groupOf(outcome), target, seconds: duration }],
    )
    .toReversed();
}

/** Of the iteration at hand, or, as long as it has come to none, of the one before. */
function lastGates(paths: DataPaths, newest: number): LoopView['gates'] {
  for (const iteration of [newest, newest - 1].filter((number) => number > 0)) {
    const runs = gatesOf(paths, iteration);
    if (runs.length > 0) {
      return { iteration, runs };
    }
  }
  return null;
}

function gatesOf(paths: DataPaths, iteration: number): GateResult[] {
  const { gates } = iterationFiles(paths, iteration);
  return gateRuns(gates, eventsOfIteration(paths.events, iteration)).map(
    ({ gate, passed, reason, tests, seconds }) => ({ gate, passed, reason, tests, seconds }),
  );
}
