import {
  costText,
  countText,
  durationText,
  momentText,
  percentText,
  plural,
} from './figure-text.ts';
import { QUESTIONS } from './questions.ts';
import type { Answer, LoopReport, Report } from './report.ts';

/** A short report for a pull request or a chat: the answers, the figures, and what comes first of each list. */
export function renderMarkdown(report: Report): string {
  return `${report.loops.map((loop) => loopText(loop, report)).join('\n')}
_autoloop ${report.version}, ${momentText(report.generated_at, report.zone)} (${report.zone})_\n`;
}

function loopText(loop: LoopReport, { zone, since }: Report): string {
  const { answers, figures } = loop;
  const from = since ?? loop.from;
  const span =
    from && loop.to
      ? `${momentText(from, zone)} to ${momentText(loop.to, zone)}`
      : 'no iteration yet';
  const parts = [
    `## Loop ${plain(loop.loop)}`,
    `${loop.state === null ? '' : `${plain(loop.state)}; `}${span}`,
    ...QUESTIONS.map(([name, question]) => answerText(question, answers[name])),
    ...(figures.iterations === 0 ? [] : [figureTable(loop)]),
    ...(loop.targets.length === 0 ? [] : [targetTable(loop)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function answerText(question: string, { verdict, answer, because }: Answer): string {
  const points = because.map((point) => `\n- ${plain(point)}`).join('');
  return `**${question}** ${SIGNS[verdict]} ${plain(answer)}${points === '' ? '' : `\n${points}`}`;
}

const SIGNS = { good: '✅', warn: '⚠️', bad: '❌', unknown: '➖' } as const;

function figureTable({ figures }: LoopReport): string {
  const rows = [
    ['iterations', 'success', 'cost', 'per success', 'worked', 'median', '9 of 10'],
    Array.from({ length: 7 }, () => '--:'),
    [
      ...[countText(figures.iterations), percentText(figures.success_rate)],
      ...[costText(figures.cost_usd), costText(figures.cost_per_success)],
      ...[figures.worked, figures.duration.p50, figures.duration.p90].map(durationText),
    ],
  ];
  return rows.map(row).join('\n');
}

const MOST_TARGETS = 10;

function targetTable({ targets, more_targets: more }: LoopReport): string {
  const rest = targets.length - MOST_TARGETS + more;
  const rows = targets
    .slice(0, MOST_TARGETS)
    .map((target) => [
      plain(target.target),
      countText(target.iterations),
      percentText(target.success_rate),
      costText(target.cost_usd),
      plain(target.last_outcome),
    ]);
  const lines = [
    ['target', 'iterations', 'success', 'cost', 'last'],
    ['---', '--:', '--:', '--:', '---'],
    ...rows,
  ];
  return `${lines.map(row).join('\n')}${rest > 0 ? `\n\n… and ${plural(rest, 'more target')}.` : ''}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text from outside is text: no markup, no link or picture that would be fetched, nobody who would be notified. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`)
    .replaceAll(/&/g, '&amp;')
    .replaceAll(/@(?=\w)/g, '@\u200B')
    .replaceAll(/:\/\//g, ':\u200B//');
}
