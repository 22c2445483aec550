import type { Detector } from './detector.ts';
import { OPPORTUNITIES } from './opportunities.ts';
import { TRENDS } from './trends.ts';
import { REPETITIONS } from './repetitions.ts';
import { RESOURCES } from './resources.ts';

/** Every figure that is watched; thresholds and advice are those of docs/metrics.md. */
export const DETECTORS: readonly Detector[] = [
  ...TRENDS,
  ...REPETITIONS,
  ...RESOURCES,
  ...OPPORTUNITIES,
];

export type { Detector } from './detector.ts';
