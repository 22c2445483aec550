/** `commit`: on the branch at hand; `branch`: on one of the loop's own. */
export const CHECKPOINTS = ['off', 'commit', 'branch'] as const;
export type CheckpointMode = (typeof CHECKPOINTS)[number];

/** What to do where something is not committed before a worker starts. */
export const DIRTY_STARTS = ['refuse', 'carry'] as const;
export type DirtyStart = (typeof DIRTY_STARTS)[number];
