import { adviceFor } from '../advice-for.ts';
import type { AnomalyReport, Answer } from '../report.ts';
import type { Found } from './found.ts';

/** What should I change? */
export function whatToChange(found: Found): Answer {
  if (found.figures.iterations === 0) {
    return { verdict: 'unknown', answer: 'Let it run first.', because: [] };
  }
  const advice = [...new Set([...noticeAdvice(found, 'warning'), ...outcomeAdvice(found)])];
  if (advice.length > 0) {
    const answer = advice.length === 1 ? 'One thing:' : 'In this order:';
    return { verdict: 'warn', answer, because: advice.slice(0, MOST) };
  }
  const more = noticeAdvice(found, 'opportunity').slice(0, MOST);
  const answer = `Nothing has to change${more.length === 0 ? '' : '; you could ask for more'}.`;
  return { verdict: 'good', answer, because: more };
}

const MOST = 5;

/** Of what stands. */
function noticeAdvice({ anomalies }: Found, wanted: AnomalyReport['level']): string[] {
  return anomalies.flatMap(({ cleared_at, level, advice, message }) =>
    cleared_at !== null || level !== wanted || advice === null
      ? []
      : wanted === 'warning'
        ? advice
        : `${advice} (${message})`,
  );
}

/** Of what comes often: one failure in a thousand is no reason to change anything. */
function outcomeAdvice({ outcomes, figures }: Found): string[] {
  return outcomes
    .filter(({ outcome, count }) => {
      const share = count / figures.iterations;
      return count >= LEAST_COUNT && share >= (outcome === 'no_change' ? MOSTLY : OFTEN);
    })
    .flatMap(({ outcome }) => {
      const advice = adviceFor(outcome);
      return advice === null ? [] : `${outcome}: ${advice}`;
    });
}

const LEAST_COUNT = 3;
const OFTEN = 0.05;
const MOSTLY = 0.5;
