import type { SessionParts } from './session-parts.ts';
import type { TamperGuard } from './tamper-guard.ts';

export interface Repairs {
  readonly parts: SessionParts;
  readonly guard: TamperGuard;
  readonly warn: (code: string, message: string) => void;
}

/** First what the former runner could not write any more, then what had to be mended. */
export function recordRepairs({ parts, guard, warn }: Repairs): void {
  const { files, state } = parts;
  const last = files.events.lastSeq();
  const lacking = state.outbox.filter((event) => event.seq > last);
  files.events.append(lacking);
  noteTampering(parts, guard, { last, next: lacking[0]?.seq ?? state.seq + 1 });
  if (state.recovered !== null) {
    warn('recovered', state.recovered);
  }
  if (files.bare.events.repaired !== null) {
    warn('repaired', `cut off a torn last line of ${files.paths.events}`);
  }
  const dropped = droppedFlags(parts);
  if (dropped !== '') {
    warn('other_flags', `the run goes on with other flags; before it had ${dropped}`);
  }
}

/** What was done to the events while no runner lived. */
function noteTampering(
  { files }: SessionParts,
  guard: TamperGuard,
  { last, next }: { readonly last: number; readonly next: number },
): void {
  const { foreignBytes } = files.bare.events;
  if (foreignBytes > 0) {
    guard.note(
      'events.ndjson',
      `had ${foreignBytes} bytes added that are none of ours, and they were taken out`,
    );
  }
  if (last + 1 < next) {
    guard.note('events.ndjson', `lacks the events ${last + 1} to ${next - 1}; they are lost`);
  }
  guard.tell();
}

/** Settings are read anew: a run that was bounded may go on unbounded, or with another agent. */
function droppedFlags({ plan, request, state }: SessionParts): string {
  if (request.mode === 'settle' || state.restored.kind === 'new') {
    return '';
  }
  return Object.entries(state.asked)
    .filter(([flag, text]) => plan.asked[flag] !== text)
    .map(([flag, text]) => `--${flag} ${text}`)
    .join(' ');
}
