const LIGHT: Readonly<Record<string, string>> = {
  ...{ ground: '#ffffff', group: '#f6f8fa', box: '#ffffff', edge: '#8c959f', faint: '#d0d7de' },
  ...{ text: '#1f2328', soft: '#59636e', line: '#2f6fb5', name: '#0a4f9e', hot: '#b3510a' },
  ...{ heat1: '#fdf0df', heat2: '#fbdcb4', heat3: '#f8c07c', heat4: '#f2a04a' },
};

const DARK: Readonly<Record<string, string>> = {
  ...{ ground: '#0d1117', group: '#151b23', box: '#1c232d', edge: '#66707b', faint: '#343c46' },
  ...{ text: '#e6edf3', soft: '#9aa5b1', line: '#5c9fe6', name: '#86bdf8', hot: '#f0a045' },
  ...{ heat1: '#33291c', heat2: '#4d3816', heat3: '#6d4a10', heat4: '#8f5c08' },
};

const RULES = `
.autoloop-chart { max-width: 100%; height: auto; background: var(--chart-ground); }
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
.autoloop-chart .figures { text-anchor: end; fill: var(--chart-text); }
.autoloop-chart .times { text-anchor: end; font-weight: 700; fill: var(--chart-hot); }
.autoloop-chart .spent-0 { fill: none; }
.autoloop-chart .spent-1 { fill: var(--chart-heat1); }
.autoloop-chart .spent-2 { fill: var(--chart-heat2); }
.autoloop-chart .spent-3 { fill: var(--chart-heat3); }
.autoloop-chart .spent-4 { fill: var(--chart-heat4); }
.autoloop-chart.heated .line { stroke: var(--chart-hot); }
.autoloop-chart.heated .head { fill: var(--chart-hot); }
.autoloop-chart .taken-0 > .line { stroke: var(--chart-faint); }
.autoloop-chart .taken-0 > .head { fill: var(--chart-faint); }
.autoloop-chart .taken-2 > .line { stroke-width: 2; }
.autoloop-chart .taken-3 > .line { stroke-width: 3; }
.autoloop-chart .taken-4 > .line { stroke-width: 4.2; }
.autoloop-chart .row.taken-0 > text { fill: var(--chart-soft); }
.autoloop-chart .row.taken-0 > .sign { stroke: var(--chart-soft); }
`;

/**
 * A page that holds a chart may set the variables anew on `svg.autoloop-chart`. Contrast of text is at least 4.5 in both
 * schemes. What knows no variables takes the light colours.
 */
export const CHART_STYLE = `
.autoloop-chart { ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { .autoloop-chart { ${variables(DARK)} } }${withoutVariables(RULES)}`;

function variables(colors: Readonly<Record<string, string>>): string {
  return Object.entries(colors)
    .map(([name, color]) => `--chart-${name}: ${color};`)
    .join(' ');
}

function withoutVariables(rules: string): string {
  return rules.replaceAll(
    /([a-z]+): var\(--chart-(\w+)\);/g,
    (rule, property: string, name: string) => `${property}: ${LIGHT[name] ?? 'none'}; ${rule}`,
  );
}
