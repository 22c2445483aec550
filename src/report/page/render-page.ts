import type { Report } from '../report.ts';
import { momentText } from '../figure-text.ts';
import { chartData } from './chart-data.ts';
import { html, Markup, scriptJson, type Content } from './markup.ts';
import { loopSection } from './loop-section.ts';
import { overviewTable } from './overview-table.ts';
import { PAGE_STYLE } from './page-style.ts';

/** What the page brings along, as text: the chart library with our script, and its style. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** `sha256-…` of a text, as a Content-Security-Policy names it. */
  readonly hash: (text: string) => string;
}

/**
 * One HTML page that needs nothing else. Its policy lets no request out and no script run but its own, by hash, whatever
 * a target or an agent is called.
 */
export function renderPage(report: Report, parts: PageParts): string {
  const script = inScript(parts.script);
  const style = `${parts.style}\n${PAGE_STYLE}`;
  const policy = [
    ...["default-src 'none'", `script-src '${parts.hash(script)}'`],
    ...[`style-src '${parts.hash(style)}'`, "base-uri 'none'", "form-action 'none'"],
  ].join('; ');
  const title = titleOf(report);
  const charts = report.loops.map((loop, at) =>
    chartData(loop, { id: `l${at}`, zone: report.zone }),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="autoloop ${report.version}" />
        <title>${title}</title>
        ${element('style', style)}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the report</a>
        <header class="top">
          <h1>${title}</h1>
          <p>${subtitle(report)}</p>
        </header>
        <main id="content" tabindex="-1">${body(report)}</main>
        <footer>
          <p>
            Made by autoloop ${report.version} at
            <time datetime="${report.generated_at}"
              >${momentText(report.generated_at, report.zone)}</time
            >
            (${report.zone}) from the loop's own events. This page loads nothing from anywhere.
          </p>
        </footer>
        <script type="application/json" id="chart-data">
          ${scriptJson(charts)}
        </script>
        ${element('script', script)}
      </body>
    </html> `.text;
}

function titleOf({ loops }: Report): string {
  const [first] = loops;
  return loops.length === 1 && first ? `Loop ${first.loop}` : `${loops.length} loops`;
}

function subtitle({ loops, since, zone }: Report): Content {
  const froms = loops.flatMap(({ from }) => from ?? []).toSorted();
  const tos = loops.flatMap(({ to }) => to ?? []).toSorted();
  const from = since ?? froms[0];
  const to = tos.at(-1);
  const state = loops.length === 1 ? (loops[0]?.state ?? null) : null;
  const span =
    from && to ? `${momentText(from, zone)} to ${momentText(to, zone)}` : 'no iteration yet';
  return html`${state === null ? null : html`<span class="state">${state}</span> &middot; `}${span}`;
}

function body(report: Report): Content {
  const { loops, zone } = report;
  const only = loops.length === 1;
  return [
    only ? null : overviewTable(loops, zone),
    ...loops.map((loop, at) => loopSection(loop, { id: `l${at}`, zone, isOnly: only })),
  ];
}

/** To the byte: the policy knows its content by hash. */
function element(name: 'style' | 'script', content: string): Markup {
  return new Markup(`<${name}>${content}</${name}>`);
}

/** A text inside of a script element ends with the first `</script`. */
function inScript(script: string): string {
  return script.replaceAll(/<(?=\/script|!--)/gi, String.raw`\x3c`);
}
