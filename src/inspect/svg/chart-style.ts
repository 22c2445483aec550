/**
 * A page that holds a chart may set the variables anew on `svg.autoloop-chart`. Contrast of text is at least 4.5 in both
 * schemes.
 */
export const CHART_STYLE = `
.autoloop-chart { --chart-ground: #ffffff; --chart-group: #f6f8fa; --chart-box: #ffffff; --chart-edge: #8c959f; --chart-faint: #d0d7de;
  --chart-text: #1f2328; --chart-soft: #59636e; --chart-line: #2f6fb5; --chart-name: #0a4f9e; max-width: 100%; height: auto; background: var(--chart-ground); }
@media (prefers-color-scheme: dark) { .autoloop-chart { --chart-ground: #0d1117; --chart-group: #151b23; --chart-box: #1c232d; --chart-edge: #66707b; --chart-faint: #343c46;
  --chart-text: #e6edf3; --chart-soft: #9aa5b1; --chart-line: #5c9fe6; --chart-name: #86bdf8; } }
.autoloop-chart text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: var(--chart-text); white-space: pre; }
.autoloop-chart .name { font: 600 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
.autoloop-chart .heading, .autoloop-chart .guard { fill: var(--chart-soft); }
.autoloop-chart .box { fill: var(--chart-box); stroke: var(--chart-edge); }
.autoloop-chart .group > .box { fill: var(--chart-group); stroke: var(--chart-edge); }
.autoloop-chart .group .group > .box { fill: var(--chart-ground); }
.autoloop-chart .machine > .box { fill: var(--chart-ground); stroke: var(--chart-faint); }
.autoloop-chart .inner { fill: none; stroke: var(--chart-edge); }
.autoloop-chart .shared { fill: none; stroke: var(--chart-faint); stroke-dasharray: 4 3; }
.autoloop-chart .ground { fill: transparent; }
.autoloop-chart .row:hover > .ground { fill: color-mix(in srgb, var(--chart-line) 14%, transparent); }
.autoloop-chart .target { text-anchor: end; }
.autoloop-chart .arrow > .target { fill: var(--chart-name); }
.autoloop-chart .jump > .target { fill: var(--chart-soft); font-style: italic; }
.autoloop-chart .sign { fill: none; stroke: var(--chart-soft); stroke-width: 1.2; stroke-linecap: round; stroke-linejoin: round; }
.autoloop-chart .sign.arrow { stroke: var(--chart-line); stroke-width: 1.5; }
.autoloop-chart .sign.jump { stroke-dasharray: 1.5 2; }
.autoloop-chart .sign.stays { stroke-width: 2.5; }
.autoloop-chart .line { fill: none; stroke: var(--chart-line); stroke-width: 1.3; }
.autoloop-chart .head { fill: var(--chart-line); }
.autoloop-chart .start > circle, .autoloop-chart .start > .head { fill: var(--chart-text); }
.autoloop-chart .start > .line { stroke: var(--chart-text); }
`;
