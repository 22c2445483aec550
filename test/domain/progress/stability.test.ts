import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOutcome, OUTCOMES } from '../../../src/domain/outcome.ts';
import { stabilityOf } from '../../../src/domain/progress/graduation.ts';
import {
  isLastTen,
  rememberOutcome,
  shareThatWentWell,
} from '../../../src/domain/progress/stability.ts';

const outcomes = fc.array(fc.constantFrom(...Object.keys(OUTCOMES).filter(isOutcome)), {
  maxLength: 40,
});

test('what is remembered never grows beyond ten signs, and tells what all outcomes together tell', () => {
  fc.assert(
    fc.property(outcomes, (all) => {
      const known = all.reduce(rememberOutcome, '');
      expect(isLastTen(known)).toBe(true);
      expect(shareThatWentWell(known)).toBe(stabilityOf(all));
    }),
  );
});

test('what is not the doing of an agent says nothing of a target', () => {
  expect(stabilityOf(['network_failed', 'killed'])).toBeNull();
  expect(stabilityOf(['succeeded', 'usage_limited', 'failed', 'interrupted'])).toBe(0.5);
});

test('nothing else is taken for it', () => {
  for (const value of ['+-+-+-+-+-+', 'yes', 3, null, undefined, ['+']]) {
    expect(isLastTen(value)).toBe(false);
  }
});
