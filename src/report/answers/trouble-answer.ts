import { troubled } from '../counts.ts';
import { countText, percentText, plural } from '../figure-text.ts';
import type { Answer } from '../report.ts';
import type { Trend } from '../trend.ts';
import type { Found } from './found.ts';

/** What is going wrong? */
export function whatGoesWrong(found: Found, trend: Trend | null): Answer {
  const { figures, errors, crashes } = found;
  const standing = found.anomalies.filter(
    ({ cleared_at, level }) => cleared_at === null && level === 'warning',
  );
  const bad = troubled(figures);
  const because = [
    ...standing.map(({ message }) => sentence(capitalized(message))),
    ...errors.slice(0, 3).map(errorWords),
    ...(crashes === 0
      ? []
      : [`Its runner died ${crashes === 1 ? 'once' : plural(crashes, 'time')} and was resumed.`]),
  ];
  if (figures.iterations === 0) {
    return { verdict: 'unknown', answer: 'Nothing is known yet.', because };
  }
  if (bad === 0 && standing.length === 0) {
    return { verdict: 'good', answer: 'Nothing.', because };
  }
  const now = trend?.now ?? figures;
  const share = troubled(now) / now.iterations;
  const verdict = share >= MUCH ? 'bad' : share >= SOME || standing.length > 0 ? 'warn' : 'good';
  const where = trend ? `the last ${countText(now.iterations)}` : countText(now.iterations);
  const answer = `${percentText(share)} of ${where} iterations came to nothing${mostly(found)}.`;
  return { verdict, answer, because };
}

const MUCH = 0.4;
const SOME = 0.1;

function mostly({ outcomes }: Found): string {
  const worst = outcomes.find(({ group }) => group === 'failed' || group === 'hindered');
  return worst ? `; most often ${worst.outcome}` : '';
}

function errorWords({ count, outcome, reason }: Found['errors'][number]): string {
  return sentence(`${countText(count)} × ${outcome}: ${shortened(reason)}`);
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

const LONGEST = 140;

function sentence(text: string): string {
  return /[.!?\u2026]$/.test(text) ? text : `${text}.`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
