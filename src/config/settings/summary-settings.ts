import { named, type Definitions } from '../setting-definition.ts';
import { oneOf, word } from '../setting-values.ts';

/** What the next prompt is told of the iterations before it. */
export const summarySettings: Definitions<'summaryModel' | 'summaryBy'> = {
  summaryModel: {
    name: 'summaryModel',
    ...named('summary-model', 'OLLAMA_SUMMARY_MODEL', 'name'),
    schema: word(),
    fallback: null,
    help: 'model of Ollama (at OLLAMA_HOST) that puts the summary for the next prompt into words, while the loop waits',
  },
  summaryBy: {
    name: 'summaryBy',
    ...named('summary-by', 'SUMMARY_BY', 'who'),
    schema: oneOf(['derived', 'agent'] as const),
    fallback: 'derived',
    help: 'who writes the summary for the next prompt: derived (made of reports and events), or agent (in its own report, in its own words)',
  },
};
