import { named, type Definitions } from '../setting-definition.ts';
import { word } from '../setting-values.ts';

/** What the next prompt is told of the iterations before it. */
export const summarySettings: Definitions<'summaryModel'> = {
  summaryModel: {
    name: 'summaryModel',
    ...named('summary-model', 'OLLAMA_SUMMARY_MODEL', 'name'),
    schema: word(),
    fallback: null,
    help: 'model of Ollama (at OLLAMA_HOST) that puts the summary for the next prompt into words, while the loop waits',
  },
};
