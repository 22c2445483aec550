import type { LoopRow } from '../../inspect/page-news.ts';
import type { FoundLoop } from '../status/all-loops.ts';
import { loopWords } from './loop-words.ts';
import { toneOf } from './tone-of.ts';

export function loopRow(found: FoundLoop): LoopRow {
  const status = 'reading' in found ? found.reading.status : null;
  return {
    loop: found.loop,
    tone: toneOf(found),
    words: loopWords(found),
    iteration: status?.iteration ?? 0,
    isRunning: status?.running ?? false,
  };
}
