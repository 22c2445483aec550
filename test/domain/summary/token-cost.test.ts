import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainLine, plainLines } from '../../../src/domain/summary/text/plain-text.ts';
import {
  cutToTokens,
  fittingLines,
  tokenCost,
} from '../../../src/domain/summary/text/token-cost.ts';
import { anyText } from './summaries.ts';

it.each([
  ['', 0],
  ['abc', 1],
  ['abcd', 2],
  ['é', 1],
  ['привет', 6],
  ['漢字', 4],
  ['😀', 4],
])('%j costs %i tokens', (text, tokens) => {
  expect(tokenCost(text)).toBe(tokens);
});

it('cuts any text to any size, once and for all', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 300 }), (text, tokens) => {
      const cut = cutToTokens(text, tokens);
      expect(tokenCost(cut)).toBeLessThanOrEqual(tokens);
      expect(cutToTokens(cut, tokens)).toBe(cut);
      expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
    }),
  );
});

it('takes as many lines as fit, and no part of one', () => {
  expect(fittingLines(['abcde', 'fgh', 'i'], 3)).toEqual(['abcde']);
  expect(fittingLines(['abcde', 'fg', 'i'], 3)).toEqual(['abcde', 'fg']);
});

it('makes one line of anything, and the same line of that', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const line = plainLine(text);
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
      expect(line.isWellFormed()).toBe(true);
      expect(plainLine(line)).toBe(line);
      expect(plainLines(text).every((part) => part !== '' && plainLine(part) === part)).toBe(true);
    }),
  );
});
