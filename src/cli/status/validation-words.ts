import type { ValidationStatus } from '../../domain/loop-status.ts';
import { oneLine } from '../tables/text-width.ts';

/** The gate that is run: `gate tests (2 of 3), 1 not passed`. */
export function validationWords({ gate, number, of, failed }: ValidationStatus): string {
  const bad = failed === 0 ? '' : `, ${failed} not passed`;
  return `gate ${oneLine(gate)} (${number} of ${of})${bad}`;
}
