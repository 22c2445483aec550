import type { ShellParts } from '../../inspect/server/page-shell.ts';
import { CHART_STYLE } from '../../inspect/svg/chart-style.ts';
import { builtFile } from '../built-file.ts';

/** What the page runs and looks like; it lies beside the program. Throws AutoloopError 155 where it does not. */
export function pageFiles(): ShellParts {
  return {
    script: builtFile('inspector.js'),
    // The page's own comes last: it sets the colours of the chart anew.
    style: `${CHART_STYLE}${builtFile('inspector-style.css')}`,
  };
}
