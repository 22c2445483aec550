import type { Tone } from '../../inspect/page-news.ts';
import type { FoundLoop } from '../status/all-loops.ts';

/** What one sees of a loop at a glance. */
export function toneOf(found: FoundLoop): Tone {
  if (!('reading' in found) || found.reading.status.stale) {
    return 'bad';
  }
  const { status, runner } = found.reading;
  if (!status.running) {
    return (status.ended?.exitCode ?? 0) === 0 ? 'ended' : 'bad';
  }
  const isResting = status.paused || status.state.startsWith('waiting') || runner === 'silent';
  return isResting ? 'resting' : 'live';
}
