import { renderMarkdown } from '../../report/render-markdown.ts';
import { renderPage } from '../../report/page/render-page.ts';
import type { Report } from '../../report/report.ts';
import { pageParts } from './page-parts.ts';
import type { ReportFormat } from './report-format.ts';

export function reportText(report: Report, format: ReportFormat): string {
  return RENDERERS[format](report);
}

const RENDERERS: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  html: (report) => renderPage(report, pageParts()),
  md: renderMarkdown,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};
