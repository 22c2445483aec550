import type { Settings } from '../../domain/settings.ts';

/** The context of a prompt, with what asks the agent for the summary where the operator wants it to write that. */
export function askForSummary(
  helperContext: string,
  { summaryBy }: Pick<Settings, 'summaryBy'>,
): string {
  return summaryBy === 'agent'
    ? [helperContext, INSTRUCTION].filter((part) => part !== '').join('\n\n')
    : helperContext;
}

const INSTRUCTION = `Put one field more into the report block (JSON) that you end with: "summary", at most 200 words for the agent that works
next. It is told nothing else in words of what was done before: carry on what is still true of the summary that you were given, and
add what you did, what failed and why, what is open, and what to keep in mind.`;
