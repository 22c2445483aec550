import { expect, it } from 'vitest';
import { plainLine } from '../../src/agents/plain-line.ts';

it('takes the first line that says something', () => {
  expect(plainLine('\n  \n  first \nsecond', 80)).toBe('first');
  expect(plainLine(' \n\t\n', 80)).toBe('');
});

it('leaves out what would steer a terminal', () => {
  expect(plainLine('\u001B[1;31mred\u001B[0m \u001B]0;title\u0007text\u0000\u0008', 80)).toBe(
    'red text',
  );
  expect(plainLine('a\tb[1m \u202Ereversed\u202C', 80)).toBe('a b[1m reversed');
  expect(plainLine('\u009B31mred', 80)).not.toMatch(/\p{Cc}/u);
});

it('cuts long lines, never in the middle of a character', () => {
  expect(plainLine('abcdef', 4)).toBe('abc…');
  expect(plainLine('ab😀def', 4)).toBe('ab…');
});
