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
    loops.push(await ofLoop(place, { since, now }));
  }
  return {
    generated_at: now.toISOString(),
    version: VERSION,
    since: since === null ? null : new Date(since).toISOString(),
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    loops,
  };
}

async function ofLoop(
  place: LoopAddress,
  { since, now }: { readonly since: number | null; readonly now: Date },
): Promise<LoopReport> {
  const history = new LoopHistory();
  for (const event of reportedEvents(dataPaths(place.dataDirectory).events, since)) {
    history.add(event);
  }
  const offsetMs = -now.getTimezoneOffset() * 60_000;
  return reportLoop(history, {
    loop: place.loop,
    state: await stateOf(place),
    since: since === null ? null : new Date(since).toISOString(),
    offsetMs,
  });
}

/** A loop whose state cannot be read has a history all the same. */
async function stateOf(place: LoopAddress): Promise<string | null> {
  try {
    return stateWords(await readStatus(place));
  } catch {
    return 'has a state that cannot be read';
  }
}
