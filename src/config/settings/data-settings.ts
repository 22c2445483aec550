import { MANY, named, type Definitions } from '../setting-definition.ts';
import { count } from '../setting-values.ts';

/** What is kept on disk. */
export const dataSettings: Definitions<
  | 'minFreeMb'
  | 'rotateKeep'
  | 'rotateDays'
  | 'logMaxMb'
  | 'eventsMaxMb'
  | 'iterationLogMaxMb'
  | 'keepIterations'
  | 'keepDays'
  | 'maxDataMb'
> = {
  minFreeMb: {
    name: 'minFreeMb',
    ...named('min-free-mb', 'MIN_FREE_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 200,
    help: 'end the run cleanly when less than so many MB are free on the disk of its data; 0 is off',
  },
  rotateKeep: {
    name: 'rotateKeep',
    ...named('rotate-keep', 'ROTATE_KEEP', 'n'),
    schema: count(1, 10_000),
    fallback: 5,
    help: 'rotated generations of the log and of the events that are kept',
  },
  rotateDays: {
    name: 'rotateDays',
    ...named('rotate-days', 'ROTATE_DAYS', 'days'),
    schema: count(0, MANY),
    fallback: 0,
    help: 'how long rotated generations are kept since their last line; 0 is no limit',
  },
  logMaxMb: {
    name: 'logMaxMb',
    ...named('log-max-mb', 'LOG_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 50,
    help: 'loop.log is rotated when it is as large; 0 is never',
  },
  eventsMaxMb: {
    name: 'eventsMaxMb',
    ...named('events-max-mb', 'EVENTS_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 50,
    help: 'events.ndjson is rotated when it is as large; 0 is never',
  },
  iterationLogMaxMb: {
    name: 'iterationLogMaxMb',
    ...named('iteration-log-max-mb', 'ITERATION_LOG_MAX_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 100,
    help: 'output of an iteration that is kept, its head and its tail; 0 is all',
  },
  keepIterations: {
    name: 'keepIterations',
    ...named('keep-iterations', 'KEEP_ITERATIONS', 'n'),
    schema: count(0, MANY),
    fallback: 1000,
    help: 'iterations whose output and folder are kept, at least the last 10; 0 is all',
  },
  keepDays: {
    name: 'keepDays',
    ...named('keep-days', 'KEEP_DAYS', 'days'),
    schema: count(0, MANY),
    fallback: 7,
    help: 'how long they are kept, but for the last 10; 0 is no limit',
  },
  maxDataMb: {
    name: 'maxDataMb',
    ...named('max-data-mb', 'MAX_DATA_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 2048,
    help: "size of the loop's data folder above which old iterations and generations are removed; 0 is no limit",
  },
};
