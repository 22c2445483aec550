import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  graduationScore,
  isGraduated,
  stabilityOf,
} from '../../../src/domain/progress/graduation.ts';

const WHOLE = { completion: 1, stability: 1, quality: 1, documentation: 1 };

test('weighs completion, stability, quality and documentation', () => {
  expect(graduationScore({ completion: 1, stability: 0, quality: 0, documentation: 0 })).toBe(0.3);
  expect(graduationScore({ completion: 0, stability: 1, quality: 0, documentation: 0 })).toBe(0.3);
  expect(graduationScore({ completion: 0, stability: 0, quality: 1, documentation: 0 })).toBe(0.2);
  expect(graduationScore({ completion: 0, stability: 0, quality: 0, documentation: 1 })).toBe(0.2);
  expect(graduationScore(WHOLE)).toBe(1);
});

test('a target graduates at 0.9 and comes back below it', () => {
  expect(isGraduated({ ...WHOLE, documentation: 0.5 })).toBe(true);
  expect(isGraduated({ ...WHOLE, documentation: 0.49 })).toBe(false);
});

test('what nobody measured has not graduated', () => {
  for (const part of Object.keys(WHOLE)) {
    expect(graduationScore({ ...WHOLE, [part]: null })).toBeNull();
    expect(isGraduated({ ...WHOLE, [part]: null })).toBe(false);
  }
});

test('more of anything never lowers the score, and it stays from 0 to 1', () => {
  const part = fc.double({ min: -1, max: 2, noNaN: true });
  const maturity = fc.record({
    completion: part,
    stability: part,
    quality: part,
    documentation: part,
  });
  fc.assert(
    fc.property(
      maturity,
      fc.constantFrom('completion', 'stability', 'quality', 'documentation'),
      (before, name) => {
        const score = graduationScore(before) ?? NaN;
        const more = graduationScore({ ...before, [name]: before[name] + 0.1 }) ?? NaN;
        expect(more).toBeGreaterThanOrEqual(score);
        expect(score >= 0 && more <= 1).toBe(true);
      },
    ),
  );
});

test('stability looks at the last ten iterations', () => {
  expect(stabilityOf([])).toBeNull();
  expect(stabilityOf(['failed', 'succeeded'])).toBe(0.5);
  const tenGood = Array.from({ length: 10 }, () => 'no_change' as const);
  expect(stabilityOf(['failed', ...tenGood])).toBe(1);
});
