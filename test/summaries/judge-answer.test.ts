import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../src/summaries/judge-answer.ts';

describe('the answer of a model', () => {
  it.each([
    ['Redis works now.\n\nVault fails still.\u0007\r\n', 'Redis works now.\nVault fails still.'],
    ['<think>\nWhat now?\n</think>\nRedis works, vault fails.', 'Redis works, vault fails.'],
    [
      '迭代一成功地添加了健康检查,迭代二失败,因为令牌丢失了。',
      '迭代一成功地添加了健康检查,迭代二失败,因为令牌丢失了。',
    ],
  ])('is taken: %j', (answer, text) => {
    expect(judgeAnswer(answer)).toBe(text);
  });

  it.each([
    ['', /empty/],
    [' \n\u200b\u0000 ', /empty/],
    ['<think>I wonder, and wonder, and wonder', /empty/],
    ['OK.', /too short/],
    ['{"a":[1,2,3],"b":{"c":null,"d":[]},"e":0.5,"f":"x","summary":{"g":1,"hh":2}}', /words/],
    [
      '================ 12 34 56 78 90 12 34 56 but some words are here as well ===========',
      /words/,
    ],
    ['the loop the loop '.repeat(20), /again and again/],
    ['ha'.repeat(200), /again and again/],
    ["I'm sorry, but I can't help with that request at all.", /declines/],
  ])('is refused: %j', (answer, why) => {
    expect(() => judgeAnswer(answer)).toThrow(why);
  });
});
