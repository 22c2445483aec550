import type { FoundLoop } from '../status/all-loops.ts';

/** How the loops are now. */
export type Look = () => Promise<readonly FoundLoop[]>;
