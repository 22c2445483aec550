/** `LOOP_MACHINE_VERSION`, for those who must not load XState to know it; a test holds the two together. */
export const KNOWN_MACHINE_VERSION = 1;
