import { expect, test } from 'vitest';
import { boundedLog } from '../../src/task/bounded-log.ts';
import { excessOf } from '../../src/task/output-cap.ts';

test('a prompt of ten million characters and a hundred thousand candidates are not too much', () => {
  expect(excessOf('x'.repeat(10_000_000))).toBeNull();
  const candidates = Array.from({ length: 100_000 }, (_, index) => ({
    ...{ name: `service-${index}`, score: index, reason: 'old' },
  }));
  expect(excessOf({ target: 'a', candidates })).toBeNull();
});

test.each([
  ['a text', 'x'.repeat(10_000_001), /characters/],
  ['many texts', Array.from({ length: 1_001 }, () => 'x'.repeat(10_000)), /characters/],
  ['a list', Array.from({ length: 1_000_001 }), /values/],
  ['lists of lists', Array.from({ length: 1_100 }, () => Array.from({ length: 1_000 })), /values/],
])('%s may be too much', (_, returned, words) => {
  expect(excessOf(returned)).toMatch(words);
});

test('a circle is too much, and is not followed for ever', () => {
  const circle: Record<string, unknown> = {};
  circle['again'] = [circle, circle];
  expect(excessOf(circle)).toMatch(/values/);
});

test('a hook that logs without end is heard a thousand times', () => {
  const heard: string[] = [];
  const log = boundedLog((message) => heard.push(message));
  for (let line = 0; line < 5_000; line += 1) {
    log('x'.repeat(20_000));
  }
  expect(heard).toHaveLength(1_001);
  expect(heard[0]).toHaveLength(20_000);
  expect(heard.at(-1)).toMatch(/the rest is left out/);
});

test('a message that is too long is left out whole: half of a secret would not be known for one', () => {
  const heard: string[] = [];
  boundedLog((message) => heard.push(message))(`${'x'.repeat(99_999)}secret`);
  expect(heard).toEqual(['a message of 100005 characters, left out']);
});
