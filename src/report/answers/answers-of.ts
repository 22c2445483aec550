import type { IterationEnd } from '../iteration-end.ts';
import type { Answers } from '../report.ts';
import { trendOf } from '../trend.ts';
import type { Found } from './found.ts';
import { whatACosts } from './cost-answer.ts';
import { isItProgressing } from './progress-answer.ts';
import { whatGoesWrong } from './trouble-answer.ts';
import { whatToChange } from './advice-answer.ts';

/** What somebody wants to know who reads nothing else. */
export function answersOf(found: Found, ends: readonly IterationEnd[]): Answers {
  const trend = trendOf(ends);
  return {
    progress: isItProgressing(found, trend),
    cost: whatACosts(found, trend),
    trouble: whatGoesWrong(found, trend),
    advice: whatToChange(found),
  };
}
