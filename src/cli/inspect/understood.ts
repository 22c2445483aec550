import type { FoundLoop } from '../status/all-loops.ts';

/**
 * What is shown of a loop. A runner of another version, or whoever plays one, may tell what nothing can be made of: then
 * that is shown, and keeps no other loop from being seen.
 */
export function understood<Shown>(found: FoundLoop, show: (found: FoundLoop) => Shown): Shown {
  try {
    return show(found);
  } catch {
    return show({ loop: found.loop, trouble: TROUBLE, dataDir: '' });
  }
}

const TROUBLE =
  'What its runner tells cannot be understood: it may be of another version of autoloop than this inspector.';
