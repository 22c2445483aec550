/**
 * Whether the work of the whole loop is done: `declared` by the task, `declared_in_part` while targets are quarantined;
 * `reported` by the agent, which is not believed at once.
 */
export type Completion = 'none' | 'reported' | 'declared' | 'declared_in_part';
