import { adviceFor } from '../advice-for.ts';
import type { Answer } from '../report.ts';
import type { Trend } from '../trend.ts';
import type { Found } from './answers-of.ts';

export interface Standing {
  readonly trend: Trend | null;
  /** Of the last start. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What should I change? */
export function whatToChange(found: Found, standing: Standing): Answer {
  const advice = [...new Set([...anomalyAdvice(found), ...outcomeAdvice(found)])].slice(0, MOST);
  if (found.figures.iterations === 0) {
    return { verdict: 'unknown', answer: 'Let it run first.', because: [] };
  }
  if (advice.length > 0) {
    const answer = advice.length === 1 ? 'One thing:' : 'In this order:';
    return { verdict: 'warn', answer, because: advice };
  }
  return { verdict: 'good', answer: 'Nothing has to change.', because: goingWell(standing) };
}

const MOST = 5;

function anomalyAdvice({ anomalies }: Found): string[] {
  return anomalies.flatMap(({ cleared_at, advice }) => (cleared_at === null ? (advice ?? []) : []));
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

function goingWell({ trend, settings }: Standing): string[] {
  const rate = trend?.now.success_rate ?? 0;
  const interval = settings['interval'];
  return rate < GOING_WELL || typeof interval !== 'number' || interval < LONG_INTERVAL
    ? []
    : [`It goes well: it could go faster (--interval, ${interval} s now).`];
}

const GOING_WELL = 0.9;
const LONG_INTERVAL = 60;
