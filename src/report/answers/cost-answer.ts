import { costText, countText, durationText, percentText } from '../figure-text.ts';
import type { Answer, Figures } from '../report.ts';
import type { Trend } from '../trend.ts';
import type { Found } from './found.ts';

/** What does a success cost? */
export function whatACosts({ figures }: Found, trend: Trend | null): Answer {
  const { cost_per_success: cost, worked_per_success: worked } = figures;
  const successes = figures.succeeded + figures.no_change;
  const because = [...moneyWords(figures), ...tokenWords(figures), ...timeWords(figures)];
  if (successes === 0) {
    const spent = figures.cost_usd === null ? 'an unknown amount' : costText(figures.cost_usd);
    const verdict = figures.iterations === 0 ? 'unknown' : 'bad';
    const answer =
      figures.iterations === 0 ? 'Nothing is known yet.' : `Nothing succeeded; ${spent} was spent.`;
    return { verdict, answer, because };
  }
  if (cost === null) {
    const answer = `${durationText(worked)} of work; its agent tells no cost.`;
    return { verdict: 'unknown', answer, because };
  }
  const rise = riseOf(trend);
  const about = figures.cost_is_estimated ? 'About ' : '';
  return {
    verdict: rise !== null && rise >= NOTABLE ? 'warn' : 'good',
    answer: `${about}${costText(cost)}${trendWords(rise, trend)}.`,
    because,
  };
}

const NOTABLE = 0.25;

/** Share by which a success costs more than before; null: it cannot be told. */
function riseOf(trend: Trend | null): number | null {
  const now = trend?.now.cost_per_success ?? null;
  const before = trend?.before.cost_per_success ?? null;
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

function trendWords(rise: number | null, trend: Trend | null): string {
  if (rise === null || trend === null || Math.abs(rise) < NOTABLE) {
    return '';
  }
  const { now, before } = trend;
  return `; lately ${costText(now.cost_per_success)}, ${rise > 0 ? 'up' : 'down'} from ${costText(before.cost_per_success)}`;
}

function moneyWords(figures: Figures): string[] {
  const { cost_usd: cost, cost_known_of: known, iterations, failed, hindered } = figures;
  if (cost === null) {
    return [];
  }
  const unknown = iterations - known;
  const vain = failed + hindered;
  return [
    `${costText(cost)} in all${unknown > 0 ? `; ${countText(unknown)} of ${countText(iterations)} iterations told no cost` : ''}.`,
    ...(vain === 0
      ? []
      : [
          `${percentText(vain / iterations)} of the iterations came to nothing and are part of that.`,
        ]),
  ];
}

function tokenWords({ tokens, tokens_per_success: each }: Figures): string[] {
  return tokens === null
    ? []
    : [
        `${countText(each)} tokens a success; ${countText(tokens.in)} in, ${countText(tokens.out)} out, ${countText(tokens.cached)} cached in all.`,
      ];
}

function timeWords({ worked, duration, iterations }: Figures): string[] {
  return iterations === 0
    ? []
    : [
        `${durationText(worked)} of work; half of the iterations take ${durationText(duration.p50)} or less, one in ten more than ${durationText(duration.p90)}.`,
      ];
}
