/** Who has to act on an outcome: only class `agent` counts towards `--max-failures`. */
export type OutcomeClass = 'success' | 'agent' | 'environment' | 'operator' | 'configuration';

/**
 * What the loop does next: goes on, makes a new attempt, waits for a moment and tries again, leaves this iteration out,
 * or ends the run.
 */
export type Recovery = 'continue' | 'retry' | 'wait' | 'skip' | 'stop';

export interface OutcomeRule {
  readonly class: OutcomeClass;
  readonly recovery: Recovery;
  /** Exit code of `once`, and of `run` when this outcome ends the run. */
  readonly exitCode: number;
  readonly meaning: string;
}

/** The one table of outcomes; contract.md sections 2 and 5 are its source. */
export const OUTCOMES = {
  succeeded: rule('success', 'continue', 0, 'the agent did its work'),
  no_change: rule('success', 'continue', 0, 'nothing was left to do'),
  failed: rule('agent', 'continue', 151, 'the agent ended with an error of its own'),
  timed_out: rule('agent', 'continue', 124, 'the wall clock of the attempt ran out'),
  idle_timed_out: rule('agent', 'continue', 124, 'no sign of life for too long'),
  killed: rule('operator', 'continue', 143, 'ended by us, on request'),
  interrupted: rule('environment', 'retry', 151, 'it died, and not by us'),
  selection_failed: rule('environment', 'skip', 157, 'no target could be chosen'),
  validation_failed: rule('agent', 'continue', 157, 'its work did not pass validation'),
  usage_limited: rule('environment', 'wait', 142, "a plan's limit or quota was reached"),
  rate_limited: rule('environment', 'retry', 142, 'the service refused the pace (429)'),
  network_failed: rule(
    'environment',
    'retry',
    154,
    "the model's service was unreachable or failing",
  ),
  auth_failed: rule('configuration', 'stop', 155, 'login, key, billing or credit was refused'),
  permission_denied: rule('agent', 'continue', 155, 'tools it needed were denied'),
  worker_unavailable: rule(
    'configuration',
    'stop',
    151,
    'it could not be started, or its model does not exist',
  ),
  max_turns: rule('agent', 'continue', 151, "the agent's limit of turns was reached"),
  budget_exceeded: rule('agent', 'continue', 158, 'a cap of cost, tokens or time was reached'),
  resource_exceeded: rule('environment', 'continue', 153, 'memory, processes or disk ran out'),
  prompt_too_long: rule('configuration', 'stop', 150, 'the prompt does not fit the model'),
  unknown: rule('agent', 'continue', 151, 'it ended in a way nothing explains'),
} as const satisfies Record<string, OutcomeRule>;

/** How an attempt, and with it an iteration, ended. */
export type Outcome = keyof typeof OUTCOMES;

export function outcomeRule(outcome: Outcome): OutcomeRule {
  return OUTCOMES[outcome];
}

export function isOutcome(value: unknown): value is Outcome {
  return typeof value === 'string' && Object.hasOwn(OUTCOMES, value);
}

export function isSuccess(outcome: Outcome): boolean {
  return outcomeRule(outcome).class === 'success';
}

export function countsAsFailure(outcome: Outcome): boolean {
  return outcomeRule(outcome).class === 'agent';
}

function rule(
  outcomeClass: OutcomeClass,
  recovery: Recovery,
  exitCode: number,
  meaning: string,
): OutcomeRule {
  return { class: outcomeClass, recovery, exitCode, meaning };
}
