import { dataPaths } from '../../stores/data-paths.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import type { CliContext, RunCommand } from '../cli-context.ts';
import { sayEmpty } from '../history/empty-history.ts';
import { eventFilter, type EventFilter } from '../history/event-filter.ts';
import { eventLine } from '../history/event-line.ts';
import { LineHistory } from '../history/line-history.ts';
import { isLongBefore } from '../history/history-window.ts';
import { lineCount } from '../history/read-number.ts';
import { loopPlace } from '../status/loop-place.ts';
import { paintFor } from '../tables/paint.ts';

/** The events of a loop, oldest first: with `--json` the lines as they lie on disk. */
export const run: RunCommand = async (context, options) => {
  const place = loopPlace(context);
  const filter = eventFilter(options);
  const history = new LineHistory(dataPaths(place.dataDirectory).events);
  const show = showing(context, filter);
  try {
    if (history.isEmpty && options['follow'] !== true) {
      await sayEmpty(context, place, 'events');
    }
    lastLines(history, { filter, wanted: lineCount(options) }).forEach(show);
    if (options['follow'] === true) {
      for await (const line of history.follow(untilSignal(filter))) {
        show(line);
      }
    }
    return 0;
  } finally {
    history.close();
  }
};

function showing({ globals, terminal }: CliContext, filter: EventFilter): (line: string) => void {
  const paint = paintFor(terminal);
  return (line) => {
    const event = parseEventLine(line);
    if (event !== null && filter.accepts(event)) {
      terminal.write(`${globals.json ? line : eventLine(event, paint)}\n`);
    }
  };
}

/** Nothing that comes later is wanted. */
function untilSignal({ until }: EventFilter): AbortSignal {
  return until === null
    ? new AbortController().signal
    : AbortSignal.timeout(Math.min(Math.max(0, until - Date.now()), LONGEST_TIMEOUT_MS));
}

const LONGEST_TIMEOUT_MS = 2_147_483_647;

interface Wanted {
  readonly filter: EventFilter;
  /** null: all. */
  readonly wanted: number | null;
}

/** Read from the end, and no further back than is asked for; oldest first. */
function lastLines(history: LineHistory, { filter, wanted }: Wanted): string[] {
  const found: string[] = [];
  const most = wanted ?? Number.POSITIVE_INFINITY;
  const texts = filter.types && [...filter.types].map((name) => `"${name}"`);
  for (const line of most > 0 ? history.backward(texts) : []) {
    const event = parseEventLine(line);
    if (event && isLongBefore(Date.parse(event.timestamp), filter)) {
      break;
    }
    if (event && filter.accepts(event) && found.push(line) >= most) {
      break;
    }
  }
  return found.toReversed();
}
