import { naturalText } from './natural-text.ts';
import type { Summary } from './summary.ts';

/** The summary for the next prompt in the words of the agent that wrote one last; null: neither of the last two did. */
export function handedOnText(summary: Summary): string | null {
  const [told] = summary.recent
    .slice(0, 2)
    .flatMap(({ iteration, summary: text }) => (text === undefined ? [] : { iteration, text }));
  return told ? naturalText(summary, { upTo: told.iteration, model: null, text: told.text }) : null;
}
