import type { ChartData } from '../page/chart-data.ts';

/** What the page brings along for its charts. */
export function chartDataIn(page: Document): readonly ChartData[] {
  const data: unknown = JSON.parse(page.querySelector('#chart-data')?.textContent ?? '[]');
  return Array.isArray(data) ? data.filter(isChartData) : [];
}

/** The same program wrote it. */
function isChartData(value: unknown): value is ChartData {
  return typeof value === 'object' && value !== null && 'charts' in value;
}
