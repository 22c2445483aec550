import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalText } from '../../../src/domain/summary/natural-text.ts';
import { promptSummary } from '../../../src/domain/summary/prompt-summary.ts';
import { SUMMARY_TOKENS } from '../../../src/domain/summary/summary-text.ts';
import { tokenCost } from '../../../src/domain/summary/text/token-cost.ts';
import { anyHistory, anyText, play, summaryOf } from './summaries.ts';

const WORDS = { model: 'tiny', text: 'Redis works by now.' };

describe('a summary in the words of a model', () => {
  const summary = summaryOf((history) => {
    play(history, { target: 'redis', said: 'Began.\nopen: slow\nlearned: use 6380' });
    play(history, { target: 'redis', said: 'Went on.\nlearned: be kind', gates: { test: 'no' } });
    play(history, { target: 'vault', said: 'Ended.', gates: { lint: null } });
  });

  it('has the newest iteration, the failing gates and what was learned as they are', () => {
    const text = naturalText(summary, { ...WORDS, upTo: 3 });
    expect(text).toContain('The newest iteration:\n- Iteration 3 on vault: succeeded\n  > Ended.');
    expect(text).toContain('- test (iteration 2): no\n');
    expect(text).toContain('- redis: be kind\n- redis: use 6380\n');
    expect(text).toContain('The iterations up to 3, in the words of the model tiny:\n  > Redis');
  });

  it('may be without the newest iteration, but not without two', () => {
    expect(naturalText(summary, { ...WORDS, upTo: 2 })).toContain('The iterations up to 2, in');
    expect(naturalText(summary, { ...WORDS, upTo: 1 })).toBeNull();
  });

  it('never costs more than its tokens, the memory of the target included, nothing of it cut', () => {
    fc.assert(
      fc.property(anyHistory, anyText, anyText, (history, said, model) => {
        const told = summaryOf((each) => history.forEach((played) => play(each, played)));
        const text = naturalText(told, { upTo: history.length, model, text: said }) ?? '';
        for (const target of [null, ...history.map((played) => played.target ?? null)]) {
          const prompted = promptSummary({ text, metrics: told, target });
          expect(tokenCost(prompted)).toBeLessThanOrEqual(SUMMARY_TOKENS);
          expect(prompted).toContain(text.trim());
        }
      }),
    );
  });
});
