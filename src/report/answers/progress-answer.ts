import { percentText, plural } from '../figure-text.ts';
import type { Answer, Figures } from '../report.ts';
import type { Trend } from '../trend.ts';
import type { Found } from './found.ts';

/** Is it making progress? */
export function isItProgressing(found: Found, trend: Trend | null): Answer {
  const { figures } = found;
  const because = [...rateWords(figures, trend), ...measureWords(found), ...targetWords(found)];
  return { ...verdictOn(figures, trend), because };
}

function verdictOn(figures: Figures, trend: Trend | null): Omit<Answer, 'because'> {
  const now = trend?.now ?? figures;
  const rate = now.success_rate;
  if (figures.iterations === 0) {
    return { verdict: 'unknown', answer: 'No iteration has ended yet.' };
  }
  if (rate === null || now.hindered + now.stopped === now.iterations) {
    return { verdict: 'bad', answer: 'No: nothing let the agent work.' };
  }
  if (now.succeeded === 0) {
    return now.no_change > 0
      ? { verdict: 'warn', answer: 'Not any more: it finds nothing left to do.' }
      : { verdict: 'bad', answer: 'No: nothing succeeded lately.' };
  }
  const drop = trend ? (trend.before.success_rate ?? rate) - rate : 0;
  if (rate < POOR) {
    return { verdict: 'bad', answer: 'Hardly: most iterations fail.' };
  }
  if (drop >= NOTABLE) {
    return { verdict: 'warn', answer: 'Yes, but less than before.' };
  }
  if (now.no_change > now.succeeded) {
    return { verdict: 'warn', answer: 'A little: most iterations find nothing to do.' };
  }
  return rate < FAIR
    ? { verdict: 'warn', answer: 'Yes, with many failures.' }
    : { verdict: 'good', answer: -drop >= NOTABLE ? 'Yes, and more than before.' : 'Yes.' };
}

const POOR = 0.4;
const FAIR = 0.7;
const NOTABLE = 0.1;

function rateWords(figures: Figures, trend: Trend | null): string[] {
  if (figures.success_rate === null) {
    return [];
  }
  const of = (name: string, { succeeded, no_change, iterations, success_rate }: Figures): string =>
    `${percentText(success_rate)} of ${name} succeeded (${succeeded + no_change} of ${iterations}).`;
  if (trend === null) {
    return [of('all iterations', figures)];
  }
  const { now, before } = trend;
  return [
    `${of(`the last ${now.iterations}`, now).replace(/\.$/, '')}, ${percentText(before.success_rate)} of the ${before.iterations} before; ${percentText(figures.success_rate)} in all.`,
  ];
}

function measureWords({ figures, completion }: Found): string[] {
  const counted: readonly (readonly [number | null, string])[] = [
    [figures.issues_fixed, 'issue fixed'],
    [figures.resources_improved, 'resource improved'],
    [figures.scenarios_validated, 'scenario validated'],
  ];
  const said = counted.flatMap(([count, words]) => {
    const [noun = '', verb = ''] = words.split(' ');
    return count === null ? [] : [`${plural(count, noun)} ${verb}`];
  });
  return [
    ...(completion === null ? [] : [completionWords(completion)]),
    ...(said.length === 0 ? [] : [`${said.join(', ')}.`]),
  ];
}

function completionWords({ first, last }: NonNullable<Found['completion']>): string {
  return first === last
    ? `${percentText(last)} of what is required is done.`
    : `What is done of what is required went from ${percentText(first)} to ${percentText(last)}.`;
}

function targetWords({ targets }: Found): string[] {
  const stuck = targets.filter(({ left_out }) => left_out !== null).length;
  const done = targets.filter(({ completion }) => completion !== null && completion >= 1).length;
  return [
    ...(done === 0 ? [] : [`${plural(done, 'target')} complete.`]),
    ...(stuck === 0 ? [] : [`${plural(stuck, 'target')} left out after failing again and again.`]),
  ];
}
