import type { BreakerCause } from '../../src/domain/breaker.ts';
import type { BreakerMemory } from './memory.ts';

/** What repeated, the last errors and what to do: for people, in a few lines. */
export function diagnosis(memory: BreakerMemory): string {
  const cause = memory.cause ?? 'failures';
  return [
    `${REPEATED[cause](memory)}.`,
    ...memory.lastErrors.map(({ iteration, words }) => `Iteration ${iteration}: ${words}`),
    `${ADVICE[cause](memory.lastErrors.at(-1)?.iteration ?? null)} A changed prompt, task or setting closes the breaker; skip-wait tries again at once.`,
  ].join('\n');
}

const REPEATED: Readonly<Record<BreakerCause, (memory: BreakerMemory) => string>> = {
  same_error: ({ sameError }) => `The same error came ${sameError?.count ?? 0} times in a row`,
  same_target: ({ sameTarget }) =>
    `The target "${sameTarget?.target ?? ''}" was worked on ${sameTarget?.count ?? 0} times in a row without a change`,
  failures: ({ failuresInRow }) => `${failuresInRow} iterations in a row failed`,
  no_change: ({ unchangedInRow }) => `${unchangedInRow} iterations in a row changed nothing`,
};

/** `iteration`: the last one that failed; null: none did. */
const ADVICE: Readonly<Record<BreakerCause, (iteration: number | null) => string>> = {
  same_error: (iteration) => `What it needs may be missing: look at ${shown(iteration)}.`,
  same_target: () => 'Leave that target out, or tell the agent what it needs with autoloop note.',
  failures: (iteration) => `The prompt may ask for too much at once: look at ${shown(iteration)}.`,
  no_change: () => 'The work may be done: stop the loop, or give it another goal.',
};

function shown(iteration: number | null): string {
  return iteration === null ? 'autoloop iterations' : `autoloop show ${iteration}`;
}
