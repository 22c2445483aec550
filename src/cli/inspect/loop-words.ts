import type { FoundLoop } from '../status/all-loops.ts';
import { stateWords } from '../status/state-words.ts';

/** What it does, in words that follow its name. */
export function loopWords(found: FoundLoop): string {
  if (!('reading' in found)) {
    return 'cannot be read';
  }
  const { reading } = found;
  return reading.runner === 'silent' ? 'does not answer' : stateWords(reading);
}
