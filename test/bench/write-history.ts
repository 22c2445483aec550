import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { historyEvents } from './history-events.ts';

/** So many events as a loop leaves them, rotated at 50 MB. */
export function writeHistory(directory: string, count: number): void {
  const generations = bytesOfGenerations(count);
  generations.forEach((events, index) => {
    const age = generations.length - 1 - index;
    const name = age === 0 ? 'events.ndjson' : `events.ndjson.${age}`;
    const fd = openSync(join(directory, name), 'w', 0o600);
    events.forEach((text) => writeSync(fd, text));
    closeSync(fd);
  });
}

const ROTATED_AT = 50_000_000;

/** Oldest first: the texts of each. */
function bytesOfGenerations(count: number): string[][] {
  const generations: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  const events = historyEvents('history');
  for (let written = 0; written < count; written += 1) {
    const line = `${JSON.stringify(events.next().value)}\n`;
    if (size >= ROTATED_AT) {
      generations.push([]);
      size = 0;
    }
    size += line.length;
    generations.at(-1)?.push(line);
  }
  return generations;
}
