import { describe, expect, it } from 'vitest';
import { ToldEvents } from './told-events.ts';

const STANDING = {
  ...{ kind: 'success_drop', level: 'warning', state: 'raised', value: 0.5, limit: 0.7 },
  ...{ message: 'only 50 % succeed', advice: 'Compare what changed.' },
};

describe('is it making progress', () => {
  it('yes, where most of its last iterations succeed', () => {
    const { progress } = new ToldEvents().iterations(20, { outcome: 'succeeded' }).report().answers;
    expect(progress).toMatchObject({ verdict: 'good', answer: 'Yes.' });
  });

  it('less, where the success rate fell', () => {
    const { progress } = new ToldEvents()
      .iterations(20, { outcome: 'succeeded' })
      .iterations(10, { outcome: 'succeeded' })
      .iterations(5, { outcome: 'failed' })
      .report().answers;
    expect(progress.verdict).toBe('warn');
    expect(progress.because[0]).toContain('100 % of the 17 before');
  });

  it('not any more, where nothing is left to do', () => {
    const { progress } = new ToldEvents().iterations(12, { outcome: 'no_change' }).report().answers;
    expect(progress.answer).toContain('nothing left to do');
  });

  it('no, where nothing succeeds or the agent never gets to work', () => {
    for (const outcome of ['failed', 'usage_limited']) {
      const { progress } = new ToldEvents().iterations(12, { outcome }).report().answers;
      expect(progress.verdict, outcome).toBe('bad');
    }
  });

  it('tells how far the measured work went', () => {
    const { because } = new ToldEvents()
      .iteration({ outcome: 'succeeded', target: 'b', prd: { done: 4, total: 10 } })
      .iteration({ outcome: 'succeeded', prd: { done: 1, total: 10 } })
      .iteration({ outcome: 'succeeded', prd: { done: 5, total: 10 } })
      .report().answers.progress;
    expect(because).toContain('What is done of what is required went from 25 % to 45 %.');
  });
});

describe('what does a success cost', () => {
  it('all that was paid, by successes', () => {
    const { cost } = new ToldEvents()
      .iterations(2, { outcome: 'succeeded', cost: 1 })
      .iterations(1, { outcome: 'failed', cost: 1 })
      .report().answers;
    expect(cost.answer).toBe('$1.50.');
  });

  it('more lately, where it rose', () => {
    const { cost } = new ToldEvents()
      .iterations(10, { outcome: 'succeeded', cost: 1 })
      .iterations(10, { outcome: 'succeeded', cost: 2 })
      .report().answers;
    expect(cost).toMatchObject({ verdict: 'warn', answer: '$1.50; lately $2.00, up from $1.00.' });
  });

  it('time, where nobody tells a cost', () => {
    const { cost } = new ToldEvents().iterations(2, { outcome: 'succeeded' }).report().answers;
    expect(cost.answer).toBe('1 m 00 s of work; its agent tells no cost.');
  });
});

describe('what is going wrong', () => {
  it('nothing, where everything succeeds', () => {
    const { trouble } = new ToldEvents().iterations(9, { outcome: 'succeeded' }).report().answers;
    expect(trouble).toMatchObject({ verdict: 'good', answer: 'Nothing.' });
  });

  it('what stands, and what failed most', () => {
    const { trouble } = new ToldEvents()
      .iterations(6, { outcome: 'succeeded' })
      .iterations(6, { outcome: 'timed_out', reason: 'longer than 1800 s' })
      .add('anomaly', STANDING)
      .report().answers;
    expect(trouble.verdict).toBe('bad');
    expect(trouble.because[0]).toBe('Only 50 % succeed.');
    expect(trouble.because[1]).toBe('6 × timed_out: longer than 1800 s.');
  });
});

describe('what should I change', () => {
  it('what the notices that stand advise first, then what helps against frequent outcomes', () => {
    const { advice } = new ToldEvents()
      .iterations(6, { outcome: 'timed_out' })
      .add('anomaly', STANDING)
      .report().answers;
    expect(advice.because[0]).toBe('Compare what changed.');
    expect(advice.because[1]).toContain('--timeout');
  });

  it('nothing for one failure among many, and what more could be asked', () => {
    const told = new ToldEvents().iterations(100, { outcome: 'succeeded' });
    told.iteration({ outcome: 'timed_out' });
    expect(told.report().answers.advice).toMatchObject({ verdict: 'good', because: [] });
    const more = { kind: 'shorten_interval', level: 'opportunity', message: '99 % succeed' };
    told.add('anomaly', { ...STANDING, ...more, advice: 'Lower --interval.' });
    const { advice, trouble } = told.report().answers;
    expect(advice.because).toEqual(['Lower --interval. (99 % succeed)']);
    expect(trouble.because.join()).not.toContain('99 %');
  });
});
