import { findEnds, type EndFigures, type FoundEnd } from '../../stores/scan-ends.ts';
import type { HistoryWindow } from './history-window.ts';

/** The kept ends of iterations within the window, newest first; malformed lines are passed over. */
export function* iterationEnds(path: string, window: HistoryWindow): Generator<EndFigures> {
  for (const { found } of foundEnds(path, window)) {
    yield found;
  }
}

/** As `iterationEnds`, with what led to each. */
export function* foundEnds(path: string, { last, ...moments }: HistoryWindow): Generator<FoundEnd> {
  let given = 0;
  for (const end of findEnds(path, moments)) {
    yield end;
    given += 1;
    if (given === last) {
      return;
    }
  }
}
