import { createHash } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';

/** Changes when states, transitions, guards, actions or actors change; words of description do not count. */
export function definitionHash(machine: AnyStateMachine): string {
  const text = JSON.stringify(machine.definition, (key, value: unknown) =>
    key === 'description' ? undefined : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
