import { expect, it } from 'vitest';
import { parseSummary } from '../../../src/domain/summary/parse-summary.ts';
import { play, summaryOf } from './summaries.ts';

const LONG = 'word '.repeat(230);

it('stays bounded, whatever the number of targets and whatever is said of them', () => {
  const told = [LONG, ...Array.from({ length: 9 }, (_, index) => `open: ${index} ${LONG}`)];
  const said = told.join('\n');
  const sizes = [300, 600].map((count) => {
    const summary = summaryOf((history) => {
      for (let index = 0; index < count; index += 1) {
        const gates = { [`gate ${index}`]: LONG };
        play(history, { target: `target ${index}`, said, gates });
      }
    });
    return JSON.stringify(summary.state.memory).length;
  });
  expect(Math.max(...sizes)).toBeLessThan(400_000);
  expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0))).toBeLessThan(5_000);
});

it('forgets the targets that were worked on longest ago, names that look like numbers too', () => {
  const summary = summaryOf((history) => {
    for (let index = 300; index > 0; index -= 1) {
      play(history, { target: `${index}` });
    }
  });
  const kept = Object.keys(summary.state.memory?.targets ?? {}).map(Number);
  expect(kept).toHaveLength(200);
  expect(Math.max(...kept)).toBe(200);
});

it('is the same after it was on disk', () => {
  const summary = summaryOf((history) => {
    play(history, { target: '__proto__', said: 'Hi.\nlearned: x', gates: { test: 'no' } });
  });
  expect(parseSummary(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
});
