import { dataPaths } from '../../stores/data-paths.ts';
import { parseEventLine } from '../../stores/recorded-event.ts';
import { LineHistory } from '../history/line-history.ts';

/** Which task the loop of a data folder runs, by its last event; null: it has none. */
export function taskOfFolder(directory: string): string | null {
  const history = new LineHistory(dataPaths(directory).events);
  try {
    for (const line of history.backward()) {
      const event = parseEventLine(line);
      if (event !== null) {
        return event.task;
      }
    }
    return null;
  } finally {
    history.close();
  }
}
