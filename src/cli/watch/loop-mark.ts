import type { FoundLoop } from '../status/all-loops.ts';
import type { Piece } from './styled-line.ts';

/** What one sees of a loop at a glance. */
export function markOf(found: FoundLoop): Piece {
  if (!('reading' in found) || found.reading.status.stale) {
    return ['✗', 'bad'];
  }
  const { status, runner } = found.reading;
  if (!status.running) {
    return ['○', (status.ended?.exitCode ?? 0) === 0 ? 'dim' : 'bad'];
  }
  return ['●', runner === 'silent' || status.paused ? 'warn' : 'good'];
}
