import type { LoopReport } from '../report.ts';

/** What answers are made of. */
export type Found = Pick<
  LoopReport,
  'figures' | 'outcomes' | 'errors' | 'anomalies' | 'targets' | 'completion' | 'crashes'
>;
