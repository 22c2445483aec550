import { memoryGrowth } from '../life.ts';
import { NO_METRICS } from '../metrics-state.ts';
import { whenHigh, type Detector } from './detector.ts';

/** What is used up. */
export const RESOURCES: readonly Detector[] = [
  {
    kind: 'memory_growth',
    level: 'warning',
    advice: 'The runner itself should not grow: restart it (autoloop restart), and report it.',
    look: ({ state }) =>
      whenHigh({
        value: memoryGrowth((state.metrics ?? NO_METRICS).life),
        ...{ raisedAt: 50, calmAt: 10 },
        message: (growth) => `the runner's memory grows by ${Math.round(growth)} MB an hour`,
      }),
  },
  {
    kind: 'disk_filling',
    level: 'warning',
    advice:
      'Make room before --min-free-mb ends the run: autoloop prune, or a lower --max-data-mb.',
    look: ({ state }) =>
      whenHigh({
        value: (state.metrics ?? NO_METRICS).usage.diskUsedPercent,
        ...{ raisedAt: 90, calmAt: 85 },
        message: (used) => `the disk that holds the loop's data is ${Math.round(used)} % full`,
      }),
  },
  {
    kind: 'log_growing',
    level: 'warning',
    advice: 'Lower --log-max-mb, --events-max-mb or --rotate-keep, or rotate now: autoloop rotate.',
    look: ({ state }) =>
      whenHigh({
        value: (state.metrics ?? NO_METRICS).usage.logSizeMb,
        ...{ raisedAt: 500, calmAt: 400 },
        message: (size) => `log and events take ${Math.round(size)} MB`,
      }),
  },
];
