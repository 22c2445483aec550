/** Whether the work of the whole loop is done: `declared` by the task; `reported` by the agent, which is not believed at once. */
export type Completion = 'none' | 'reported' | 'declared';
