import uPlot from 'uplot';
import { costText, countText, durationText, percentText } from '../figure-text.ts';
import { OUTCOME_GROUPS } from '../outcome-group.ts';
import type { ChartData } from '../page/chart-data.ts';
import type { ChartName } from '../page/chart-names.ts';

export interface Drawing {
  readonly columns: (number | null | undefined)[][];
  readonly series: uPlot.Series[];
  readonly axes: uPlot.Axis[];
  /** But for that of time. */
  readonly scales: uPlot.Scales;
}

type Palette = (name: string) => string;

/** What each chart draws. */
export const DRAWINGS: Readonly<Record<ChartName, (loop: ChartData, palette: Palette) => Drawing>> =
  { outcomes, rate, cost, durations };

/** Bars upon each other: each from the ground up to the sum of those below it, the highest first. */
function outcomes({ groups, at }: ChartData, palette: Palette): Drawing {
  const shown = OUTCOME_GROUPS.filter((group) => groups[group].some((count) => count > 0));
  const sums = shown.map((_, top) =>
    at.map((__, index) =>
      shown.slice(0, top + 1).reduce((sum, group) => sum + (groups[group][index] ?? 0), 0),
    ),
  );
  const series = shown.map((group): uPlot.Series => ({
    label: group.replace('_', ' '),
    fill: palette(group),
    stroke: palette(group),
    width: 0,
    paths: BARS,
    points: { show: false },
    value: (_, __, ___, index) => (index === null ? '–' : String(groups[group][index] ?? 0)),
  }));
  return {
    columns: sums.toReversed(),
    series: series.toReversed(),
    axes: [
      {
        incrs: COUNT_STEPS,
        values: (_, splits) => splits.map((split) => countText(split)),
      },
    ],
    scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.05)] } },
  };
}

function rate(loop: ChartData, palette: Palette): Drawing {
  const color = palette('succeeded');
  return {
    columns: [bridged(loop.rate)],
    series: [line('success', { color, value: percentText, fill: true })],
    axes: [{ values: (_, splits) => splits.map((split) => percentText(split)) }],
    scales: { y: { range: [0, 1.02] } },
  };
}

function cost(loop: ChartData, palette: Palette): Drawing {
  const bars: uPlot.Series = {
    label: 'cost',
    fill: `${palette('cost')}66`,
    stroke: palette('cost'),
    width: 0,
    paths: BARS,
    points: { show: false },
    value: (_, value) => costText(value),
  };
  const each = line('per success', { color: palette('failed'), value: costText });
  const values: uPlot.Axis.Values = (_, splits) => splits.map((split) => axisMoney(split));
  return {
    columns: [[...loop.cost], bridged(loop.costPerSuccess)],
    series: [bars, { ...each, scale: 'each' }],
    axes: [{ values }, { values, scale: 'each', side: 1, grid: { show: false } }],
    scales: { y: FROM_ZERO, each: FROM_ZERO },
  };
}

function durations(loop: ChartData, palette: Palette): Drawing {
  const color = palette('time');
  return {
    columns: [bridged(loop.p90), bridged(loop.p50)],
    series: [
      { ...line('9 of 10', { color, value: durationText }), dash: [5, 4], width: 1.5 },
      line('median', { color, value: durationText }),
    ],
    axes: [{ incrs: TIME_STEPS, values: (_, splits) => splits.map((split) => axisTime(split)) }],
    scales: { y: FROM_ZERO },
  };
}

const BARS: uPlot.Series.PathBuilder =
  uPlot.paths.bars?.({ size: [0.86, 48], align: 1, gap: 0 }) ?? (() => null);
const FROM_ZERO: uPlot.Scale = { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] };

interface LineStyle {
  readonly color: string;
  readonly value: (value: number | null) => string;
  readonly fill?: boolean;
}

function line(label: string, { color, value, fill = false }: LineStyle): uPlot.Series {
  return {
    label,
    stroke: color,
    width: 2,
    ...(fill ? { fill: `${color}22` } : {}),
    points: { size: 5, fill: color, space: 12 },
    value: (_, shown) => value(shown),
  };
}

const MINUTE = 60;
const HOUR = 3_600;
const COUNT_STEPS = [1, 10, 100, 1_000, 10_000, 100_000].flatMap((step) => [
  ...[step, 2 * step, 5 * step],
]);
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE],
  ...[30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR, 72 * HOUR],
];

/** A line goes on over a short stretch without a value, and breaks where a loop rested: undefined is no break to uPlot. */
function bridged(values: readonly (number | null)[]): (number | null | undefined)[] {
  const known = values.filter((value) => value !== null).length;
  const isSparse = known < values.length / 2;
  return values.map((value, at) =>
    value === null && (isSparse || isNear(values, at)) ? undefined : value,
  );
}

const NEAR = 2;

function isNear(values: readonly (number | null)[], at: number): boolean {
  const before = values.findLastIndex((value, index) => index < at && value !== null);
  const after = values.findIndex((value, index) => index > at && value !== null);
  return before !== -1 && after !== -1 && after - before - 1 <= NEAR;
}

function axisMoney(usd: number): string {
  return usd === 0 ? '$0' : usd >= 100 ? `$${Math.round(usd)}` : `$${Number(usd.toPrecision(2))}`;
}

function axisTime(seconds: number): string {
  const unit =
    seconds < 60
      ? ([1, 's'] as const)
      : seconds < 3_600
        ? ([60, 'm'] as const)
        : ([3_600, 'h'] as const);
  return `${Number((seconds / unit[0]).toFixed(1))} ${unit[1]}`;
}
