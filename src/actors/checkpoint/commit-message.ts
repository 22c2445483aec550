import type { Outcome } from '../../domain/outcome.ts';
import { isSuccess } from '../../domain/outcome.ts';
import type { Report } from '../../domain/report.ts';
import { trailers, type IterationMark } from './iteration-commit.ts';

interface Work {
  readonly loop: string;
  readonly mark: IterationMark;
  readonly outcome: Outcome;
  /** null: no worker ended. */
  readonly report: Report | null;
}

const LONGEST_SUBJECT = 72;

/** What the agent said it changed; where it said nothing, which iteration it was. */
export function commitMessage({ loop, mark, outcome, report }: Work): string {
  const changes = report && !report.derived ? report.changes.map(oneLine).filter(Boolean) : [];
  const plain = `Iteration ${mark.iteration}${mark.target === null ? '' : ` on ${mark.target}`}`;
  const [first = plain] = changes;
  const subject = isSuccess(outcome)
    ? cut(`${mark.target ?? loop}: ${first}`)
    : cut(`Taken back: ${plain} (${outcome})`);
  const list = changes.map((change) => `- ${change}`).join('\n');
  const body = changes.length > 1 || subject.endsWith('…') || !isSuccess(outcome) ? list : '';
  return `${[subject, body, trailers(mark)].filter(Boolean).join('\n\n')}\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function cut(text: string): string {
  return text.length > LONGEST_SUBJECT
    ? `${text.slice(0, LONGEST_SUBJECT - 1).toWellFormed()}…`
    : text;
}
