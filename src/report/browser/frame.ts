import uPlot from 'uplot';
import type { ChartData } from '../page/chart-data.ts';

export interface FrameFacts {
  readonly width: number;
  readonly palette: (name: string) => string;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly cursor: uPlot.Cursor;
  readonly tzDate: uPlot.LocalDateFromUnix;
  readonly xScale: uPlot.Scale;
  readonly axis: uPlot.Axis;
  readonly valueAxis: uPlot.Axis;
  readonly moments: uPlot.Series;
}

/** What all charts of a loop have in common: time below, in the zone of the report, and one cursor. */
export function frameFor({ id, at, step, zone }: ChartData, { width, palette }: FrameFacts): Frame {
  const from = at[0] ?? 0;
  const to = (at.at(-1) ?? 0) + step;
  const lines = { stroke: palette('line'), width: 1 };
  const axis: uPlot.Axis = {
    stroke: palette('soft'),
    font: '12px system-ui, sans-serif',
    grid: { ...lines, show: false },
    ticks: lines,
  };
  return {
    axis: { ...axis, values: MOMENTS },
    ...{ width, height: HEIGHT },
    valueAxis: { ...axis, grid: lines, ticks: { ...lines, show: false }, size: 54, gap: 4 },
    moments: { label: 'From', value: (_, seconds) => momentText(seconds, zone) },
    xScale: { time: true, range: [from, to] },
    cursor: { sync: { key: id }, y: false, points: { size: 7 }, drag: { x: false, y: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
  };
}

const HEIGHT = 230;

/** From which distance of ticks on how they are named, and what is added where a new day or year begins. */
const MOMENTS: uPlot.Axis.Values = [
  [31_536_000, '{YYYY}', null, null, null, null, null, null, 1],
  [2_419_200, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [86_400, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
];

function momentText(seconds: number | null, zone: string): string {
  return seconds === null
    ? '–'
    : new Date(seconds * 1000).toLocaleString('sv-SE', {
        ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
        ...{ hour: '2-digit', minute: '2-digit' },
      });
}
