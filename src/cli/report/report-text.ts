import { renderMarkdown } from '../../report/render-markdown.ts';
import { renderPage } from '../../report/page/render-page.ts';
import type { Report } from '../../report/report.ts';
import { pageParts } from './page-parts.ts';
import type { ReportFormat } from './report-format.ts';

export function reportText(report: Report, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return renderPage(report, pageParts());
    case 'md':
      return renderMarkdown(report);
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
  }
}
