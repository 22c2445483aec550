/** Colours by Okabe and Ito, which most people can tell apart; contrast of text at least 4.5 in both schemes. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --bg: #f6f7f9; --card: #ffffff; --text: #1b1f24; --soft: #57606a; --line: #d8dee4; --link: #0a5cc2;
  --succeeded: #009e73; --no_change: #56b4e9; --failed: #d55e00; --hindered: #e69f00; --stopped: #8c959f;
  --good: #007a58; --warn: #8a5a00; --bad: #b93c00; --unknown: #57606a; --cost: #0072b2; --time: #8f4a86; }
@media screen and (prefers-color-scheme: dark) { :root {
  --bg: #0f1318; --card: #181d24; --text: #e6e9ee; --soft: #a0a9b5; --line: #303842; --link: #79b8ff;
  --succeeded: #1fb98c; --no_change: #6cc1f0; --failed: #ef7b2e; --hindered: #f0b429; --stopped: #7d8793;
  --good: #35c99d; --warn: #f0b429; --bad: #ff8f50; --unknown: #a0a9b5; --cost: #56b4e9; --time: #d79acb; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
header.top, main, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
header.top { padding-top: 32px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 0 0 12px; overflow-wrap: anywhere; }
h3 { font-size: 16px; margin: 0 0 10px; }
header.top p, .span { color: var(--soft); margin: 4px 0 20px; }
.state { color: var(--text); font-weight: 600; }
main:focus { outline: none; }
main > section, .loop > section { margin: 32px 0 0; }
.loop { margin-top: 56px; border-top: 1px solid var(--line); padding-top: 24px; }
.loop > h2 { font-size: 23px; margin-bottom: 0; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -9999px; } .skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px 12px; z-index: 2; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.answers { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.card, figure.chart, .tiles > div, .scroll, .said li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: 18px 20px; border-left: 4px solid var(--unknown); }
.card h2, .card h3 { font-size: 13px; font-weight: 600; color: var(--soft); margin: 0 0 4px; }
.card.good { border-left-color: var(--good); } .card.warn { border-left-color: var(--warn); } .card.bad { border-left-color: var(--bad); }
.answer { font-size: 19px; line-height: 1.35; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
.sign { font-weight: 700; color: var(--unknown); }
.good .sign { color: var(--good); } .warn .sign { color: var(--warn); } .bad .sign { color: var(--bad); }
.card ul { margin: 10px 0 0; padding-left: 18px; color: var(--soft); } .card li { margin: 3px 0; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 0; }
.tiles > div { padding: 12px 14px; }
dt { font-size: 13px; color: var(--soft); } dd { margin: 0; font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
small { font-size: 13px; font-weight: 400; color: var(--soft); }
.outcomes { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 14px 0 0; padding: 0; color: var(--soft); } .outcomes b { color: var(--text); font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 7px; background: var(--unknown); }
.dot.succeeded, .dot.good { background: var(--succeeded); } .dot.no_change { background: var(--no_change); } .dot.failed, .dot.bad { background: var(--failed); } .dot.hindered, .dot.warn { background: var(--hindered); } .dot.stopped { background: var(--stopped); }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
figure.chart { margin: 0; padding: 14px 14px 8px; min-width: 0; }
figure.chart:first-child:nth-last-child(odd) { grid-column: 1 / -1; }
figcaption { font-weight: 600; font-size: 14px; margin: 0 0 6px; }
.plot { min-height: 268px; position: relative; }
.u-legend { font-size: 13px; color: var(--soft); text-align: left; } .u-legend .u-value { font-variant-numeric: tabular-nums; } .u-legend th, .u-legend td { padding: 1px 3px; } .u-legend .u-series > * { padding: 1px 3px; }
.u-inline .u-series { margin-right: 10px; } .u-legend .u-marker { border-radius: 50%; width: 9px; height: 9px; }
.u-select { background: color-mix(in srgb, var(--link) 16%, transparent); }
details { margin-top: 12px; } summary { cursor: pointer; color: var(--link); padding: 4px 0; } details .scroll { max-height: 420px; overflow: auto; margin-top: 8px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
.scroll caption { text-align: left; color: var(--soft); font-size: 13px; padding: 12px 14px 6px; }
.scroll th, .scroll td { text-align: left; vertical-align: top; padding: 8px 14px; border-top: 1px solid var(--line); font-weight: 400; }
.scroll thead th { font-size: 13px; color: var(--soft); font-weight: 600; white-space: nowrap; border-top: 0; }
.scroll .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll .wide { min-width: 170px; overflow-wrap: anywhere; } .scroll th.wide { min-width: 190px; } .tight { white-space: nowrap; }
.scroll tbody th { font-weight: 600; } .reason { font-weight: 400; } .scroll td time, .scroll th time { white-space: nowrap; }
.spark { display: block; height: 16px; margin-top: 3px; } .spark .succeeded { fill: var(--succeeded); } .spark .no_change { fill: var(--no_change); } .spark .failed { fill: var(--failed); } .spark .hindered { fill: var(--hindered); } .spark .stopped { fill: var(--stopped); }
.meter { display: block; white-space: nowrap; font-size: 13px; color: var(--soft); } .meter .rail { fill: var(--line); } .meter .part { fill: var(--cost); } .meter .ready { fill: var(--succeeded); }
.badge { display: inline-block; font-size: 12px; font-weight: 600; padding: 1px 8px; border-radius: 99px; border: 1px solid var(--line); color: var(--soft); white-space: nowrap; } .badge.bad { color: var(--bad); border-color: currentColor; } .badge.good { color: var(--good); border-color: currentColor; }
.said { list-style: none; margin: 0; padding: 0; display: grid; gap: 10px; } .said li { padding: 12px 16px; }
.facts { margin: 0 0 4px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; } .words { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 90ch; }
footer { color: var(--soft); font-size: 13px; padding-top: 28px; padding-bottom: 40px; }
@media screen and (max-width: 760px) { header.top, main, footer { padding-left: 14px; padding-right: 14px; } header.top { padding-top: 20px; } .answers, .charts { grid-template-columns: minmax(0, 1fr); } figure.chart:first-child:nth-last-child(odd) { grid-column: auto; } h1 { font-size: 24px; } .answer { font-size: 17px; } .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } dd { font-size: 18px; } .card { padding: 14px 16px; } .scroll th, .scroll td { padding: 7px 10px; } }
@media print { :root { --bg: #fff; } body { font-size: 11px; } header.top, main, footer { max-width: none; padding: 0; } .skip, details { display: none; } .card, figure.chart, tr, .said li, .tiles > div { break-inside: avoid; } h2, h3, figcaption, caption, thead { break-after: avoid; } tbody tr:first-child { break-before: avoid; } .answers { gap: 8px; } .card { padding: 10px 12px; } .scroll th.wide { min-width: 0; } .scroll { overflow: visible; } .answer { font-size: 14px; } h2 { font-size: 15px; } dd { font-size: 15px; } table { font-size: 10px; } small, .reason, .meter, .badge, .scroll caption, .scroll thead th, .facts { font-size: 10px; } .scroll .wide { min-width: 0; } .scroll th, .scroll td { padding: 4px 6px; } .charts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px; } .plot { min-height: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } main > section, .loop > section { margin-top: 18px; } .tiles { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 6px; } }
`;
