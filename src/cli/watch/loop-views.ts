import { join } from 'node:path';
import type { LoopStatus } from '../../domain/loop-status.ts';
import { groupOf, type OutcomeGroup } from '../../report/outcome-group.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { youngestOutput } from '../../stores/output-files.ts';
import { outputTail } from '../history/output-tail.ts';
import { outputWords } from '../history/output-words.ts';
import { recentIterations } from '../history/recent-iterations.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { noticeWords } from '../status/notice-words.ts';
import type { LoopView } from './loop-view.ts';

/** Reads what a page shows of loops; what only an iteration's end changes, only then. */
export class LoopViews {
  readonly #histories = new Map<string, History>();

  of(loops: readonly FoundLoop[]): Promise<readonly LoopView[]> {
    return Promise.all(loops.map((found) => this.#view(found)));
  }

  async #view(found: FoundLoop): Promise<LoopView> {
    if (!('reading' in found)) {
      return { found, recent: [], said: [], notices: [] };
    }
    const { status } = found.reading;
    const { recent, notices } = this.#history(status);
    return { found, recent, notices, said: await saidBy(status) };
  }

  #history(status: LoopStatus): History {
    const { dataDir, state, iteration, runId } = status;
    const mark = `${runId} ${iteration} ${state}`;
    const known = this.#histories.get(dataDir);
    if (known?.mark === mark) {
      return known;
    }
    const history = { mark, recent: recentGroups(dataDir), notices: readable(dataDir) };
    this.#histories.set(dataDir, history);
    return history;
  }
}

interface History {
  /** Where the loop was when it was read. */
  readonly mark: string;
  readonly recent: readonly OutcomeGroup[];
  readonly notices: readonly string[];
}

const RECENT = 40;

/** What cannot be read is not shown, and keeps nothing else from being shown. */
function recentGroups(directory: string): OutcomeGroup[] {
  try {
    const ended = recentIterations(dataPaths(directory).events, { wanted: RECENT });
    return ended.flatMap(({ outcome }) => (outcome === null ? [] : groupOf(outcome))).toReversed();
  } catch {
    return [];
  }
}

function readable(directory: string): string[] {
  try {
    return noticeWords(directory);
  } catch {
    return [];
  }
}

async function saidBy({ worker, iteration, dataDir, running }: LoopStatus): Promise<string[]> {
  if (worker === null || !running) {
    return [];
  }
  try {
    const name = `${String(iteration).padStart(6, '0')}.log`;
    const output = youngestOutput(join(dataPaths(dataDir).iterations, name));
    return output === null ? [] : outputTail(output.path, await outputWords([worker.agent]));
  } catch {
    return [];
  }
}
