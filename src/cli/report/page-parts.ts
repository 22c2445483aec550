import { createHash } from 'node:crypto';
import type { PageParts } from '../../report/page/render-page.ts';
import { builtFile } from '../built-file.ts';

/** What a page brings along. Throws AutoloopError 155 where it is missing. */
export function pageParts(): PageParts {
  return {
    script: builtFile('report-charts.js'),
    style: builtFile('report-charts-style.css'),
    hash: (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
  };
}
