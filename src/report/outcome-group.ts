import { isOutcome, outcomeRule } from '../domain/outcome.ts';

/** How a report counts outcomes: few enough to be told apart by colour. */
export type OutcomeGroup = 'succeeded' | 'no_change' | 'failed' | 'hindered' | 'stopped';

export const OUTCOME_GROUPS = ['succeeded', 'no_change', 'failed', 'hindered', 'stopped'] as const;

/** An outcome that this version does not know is counted as a failure: nobody knows it to be good. */
export function groupOf(outcome: string): OutcomeGroup {
  if (outcome === 'no_change') {
    return 'no_change';
  }
  return isOutcome(outcome) ? GROUP_OF_CLASS[outcomeRule(outcome).class] : 'failed';
}

export function wentWell(group: OutcomeGroup): boolean {
  return group === 'succeeded' || group === 'no_change';
}

/** It says how the agent does: what a limit or an operator ended does not, and how long it took neither. */
export function isWork(group: OutcomeGroup): boolean {
  return wentWell(group) || group === 'failed';
}

/** In words, for legends and tables. */
export const GROUP_WORDS: Readonly<Record<OutcomeGroup, string>> = {
  succeeded: 'succeeded',
  no_change: 'no change',
  failed: 'failed',
  hindered: 'hindered (limits, network, login, machine)',
  stopped: 'stopped',
};

const GROUP_OF_CLASS = {
  success: 'succeeded',
  agent: 'failed',
  environment: 'hindered',
  configuration: 'hindered',
  operator: 'stopped',
} as const;
