import { describeError } from '../../domain/error.ts';
import { VERSION } from '../../domain/version.ts';
import { LoopHistory } from '../../report/loop-history.ts';
import type { LoopReport, Report } from '../../report/report.ts';
import { reportLoop } from '../../report/report-loop.ts';
import { readStatus, type LoopAddress } from '../../runner/read-status.ts';
import { dataPaths } from '../../stores/data-paths.ts';
import { stateWords } from '../status/state-words.ts';
import { reportedEvents } from './reported-events.ts';

/** Reads the events of these loops. `since`: epoch ms; null: all that are kept. */
export async function makeReport(
  places: readonly LoopAddress[],
  since: number | null,
): Promise<Report> {
  const now = new Date();
  const loops: LoopReport[] = [];
  for (const place of places) {
    loops.push(await ofLoop(place, { since, now, isAlone: places.length === 1 }));
  }
  return {
    generated_at: now.toISOString(),
    version: VERSION,
    since: since === null ? null : new Date(since).toISOString(),
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    loops,
  };
}

interface Reading {
  readonly since: number | null;
  readonly now: Date;
  /** Where others are reported on, too, one that cannot be read does not keep them from it. */
  readonly isAlone: boolean;
}

async function ofLoop(place: LoopAddress, { since, now, isAlone }: Reading): Promise<LoopReport> {
  const facts = {
    loop: place.loop,
    since: since === null ? null : new Date(since).toISOString(),
    offsetMs: -now.getTimezoneOffset() * 60_000,
  };
  try {
    const history = historyOf(place, since);
    return reportLoop(history, { ...facts, state: await stateOf(place) });
  } catch (error) {
    if (isAlone) {
      throw error;
    }
    const { message } = describeError(error);
    return reportLoop(new LoopHistory(), { ...facts, state: `cannot be read: ${message}` });
  }
}

function historyOf({ dataDirectory }: LoopAddress, since: number | null): LoopHistory {
  const history = new LoopHistory();
  for (const event of reportedEvents(dataPaths(dataDirectory).events, since)) {
    history.add(event);
  }
  return history;
}

/** A loop whose state cannot be read has a history all the same. */
async function stateOf(place: LoopAddress): Promise<string | null> {
  try {
    return stateWords(await readStatus(place));
  } catch {
    return 'has a state that cannot be read';
  }
}
