import type { Skip } from '../../domain/loop-work.ts';
import type { Ordering } from './ordering.ts';

/**
 * Why no target was chosen. Targets that are left out for their failures are not done: then it is no iteration that had
 * nothing to do.
 */
export function skipReason({ failure, failsAs, leftOut }: Ordering): Skip {
  if (failure !== null) {
    return { outcome: failsAs, reason: failure };
  }
  const graduated = leftOut.filter(({ why }) => why === 'graduated').length;
  const quarantined = leftOut.filter(({ why }) => why === 'quarantined');
  const done = graduated > 0 ? `, ${graduated} graduated` : '';
  if (quarantined.length === 0) {
    const reason =
      graduated > 0 ? `all ${counted(graduated)} graduated` : 'nothing is left to work on';
    return { outcome: 'no_change', reason };
  }
  const names = quarantined.slice(0, MOST_NAMES).map(({ name, reason }) => `${name} (${reason})`);
  const more = quarantined.length > MOST_NAMES ? ', …' : '';
  return {
    outcome: 'selection_failed',
    reason: `no target is left to choose: ${quarantined.length} quarantined${done}: ${names.join(', ')}${more}`,
  };
}

const MOST_NAMES = 3;

function counted(targets: number): string {
  return targets === 1 ? '1 target has' : `${targets} targets have`;
}
