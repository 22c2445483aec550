import type { ChartData } from '../page/chart-data.ts';

/** What the page brings along for its charts. */
export function chartDataIn(page: Document): readonly ChartData[] {
  return parsed(page.querySelector('#chart-data')?.textContent ?? '[]');
}

/** The same program wrote it. */
function parsed(text: string): readonly ChartData[] {
  const data: ReturnType<typeof chartDataIn> = JSON.parse(text);
  return data;
}
