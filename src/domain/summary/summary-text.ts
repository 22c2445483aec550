import type { RecentIteration, Summary } from './summary.ts';

/** At most 1000 tokens: a token of English or code is at least three characters in the long run. */
const BUDGET = 3_000;
const LINE = 160;

/** What the next prompt is told of the iterations before it: the newest in full, older ones in a line, newest first. */
export function summaryText(summary: Summary): string {
  const { total_iterations: total, successful_iterations: good } = summary;
  const head = `${total} iteration${total === 1 ? '' : 's'} so far, ${good} of them successful.`;
  const sections = [head];
  let left = BUDGET - head.length;
  for (const [age, iteration] of summary.recent.entries()) {
    const text = age < 2 ? inFull(iteration) : inALine(iteration);
    const fitting = text.length + 1 <= left ? text : inALine(iteration);
    if (fitting.length + 1 > left) {
      break;
    }
    sections.push(fitting);
    left -= fitting.length + 1;
  }
  return `${sections.join('\n')}\n`;
}

function inFull(iteration: RecentIteration): string {
  const said = iteration.said.trim();
  return said === '' ? heading(iteration) : `${heading(iteration)}:\n${indented(said)}`;
}

function inALine(iteration: RecentIteration): string {
  const said = iteration.said.trim().replaceAll(/\s+/g, ' ');
  const line = said === '' ? heading(iteration) : `${heading(iteration)}: ${said}`;
  return line.length > LINE ? `${line.slice(0, LINE - 1)}…` : line;
}

function heading(iteration: RecentIteration): string {
  const target = iteration.target === null ? '' : ` on ${iteration.target}`;
  return `- Iteration ${iteration.iteration}${target}: ${iteration.outcome}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
