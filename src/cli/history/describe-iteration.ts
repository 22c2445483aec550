import { isRecord, isString } from '../../stores/shape.ts';
import type { CliContext } from '../cli-context.ts';
import { costText, tokensText } from '../tables/amount-text.ts';
import { renderFacts, type Fact } from '../tables/facts.ts';
import { durationText, momentText } from '../tables/moment-text.ts';
import { paintFor, type Paint } from '../tables/paint.ts';
import { harmless, oneLine } from '../tables/text-width.ts';
import type { AttemptFiles } from './iteration-files.ts';
import { gateRunTable } from './gate-run-table.ts';
import { outcomeCell, outcomeColor } from './iteration-table.ts';
import type { WholeIteration } from './whole-iteration.ts';

const PROMPT_LINES = 12;

/** One iteration for people, whole. */
export function describeIteration({ terminal }: CliContext, whole: WholeIteration): string {
  const paint = paintFor(terminal);
  const style = { paint, columns: terminal.columns };
  const { record, files } = whole;
  const outcome = paint[outcomeColor(record)](outcomeCell(record));
  const parts = [
    `${paint.bold(`Iteration ${record.iteration}`)}  ${outcome}\n${renderFacts(header(whole), style)}`,
    ...files.attempts.map(
      (attempt) =>
        `${paint.bold(`Attempt ${attempt.attempt}`)}\n${renderFacts(attemptFacts(attempt), style)}`,
    ),
    section(paint, 'Report', renderFacts(reportFacts(whole), style)),
    section(paint, 'Final message', indented(harmless(finalMessage(whole)))),
    section(paint, 'Gates', gateRunTable(whole.gates, style)),
    section(paint, 'Changes', bullets(record.changes ?? [])),
    section(paint, 'Prompt', promptText(whole, paint)),
    section(paint, 'Last output', indented(harmless((whole.saidTail ?? whole.logTail).join('\n')))),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function header(whole: WholeIteration): Fact[] {
  const { record, task, files } = whole;
  const { target, started_at: started, duration, validation, commit, rollback } = record;
  return [
    ['task', task],
    ['run', record.run_id],
    ['target', target === null ? null : oneLine(target)],
    ['started', started === null ? null : momentText(started)],
    ['took', duration === null ? null : durationText(duration)],
    ['why', whyText(whole)],
    ['cost', record.cost_usd === null ? null : costText(record.cost_usd)],
    ['tokens', record.tokens === null ? null : tokensText(record.tokens)],
    ['turns', record.turns === null ? null : String(record.turns)],
    ['files', files.isRemoved ? 'removed with other old iterations (--keep-iterations)' : null],
    ['validation', validation === null ? null : validation ? 'passed' : 'not passed'],
    ['committed', commit],
    ['taken back', rollback === null ? null : `git show ${oneLine(rollback)}`],
  ];
}

/** Work that did not pass came from an attempt that ended well: its reason says nothing of it. */
function whyText({ record: { outcome, reason }, gates }: WholeIteration): string | null {
  const failed = gates.flatMap(({ passed, gate }) => (passed ? [] : [oneLine(gate)]));
  return outcome === 'validation_failed' && failed.length > 0
    ? `not passed: ${failed.join(', ')}`
    : reason && oneLine(reason);
}

function attemptFacts({ claim, result }: AttemptFiles): Fact[] {
  const seconds = result === null ? null : (result.endedAtEpochMs - result.startedAtEpochMs) / 1000;
  return [
    ['agent', claim?.agent ?? null],
    [
      'worker',
      claim?.isolation ? `pid ${claim.isolation.pid}, ${claim.supervision} supervision` : null,
    ],
    ['started', claim === null ? null : momentText(new Date(claim.startedAtEpochMs).toISOString())],
    ['took', seconds === null ? null : durationText(seconds)],
    ['outcome', result === null ? 'not ended yet, or its end was not seen' : endText(result)],
    ['why', result === null ? null : oneLine(result.reason)],
    ['model', result?.model ?? null],
    ['session', result?.sessionId ?? null],
    [
      'denied',
      result === null || result.denials.length === 0
        ? null
        : result.denials.map(oneLine).join(', '),
    ],
    [
      'swept',
      result === null || result.swept.length === 0
        ? null
        : `${result.swept.join(', ')} (left behind, ended)`,
    ],
  ];
}

function endText({ outcome, exitCode, signal }: NonNullable<AttemptFiles['result']>): string {
  const exit =
    signal === null ? (exitCode === null ? '' : `, exit code ${exitCode}`) : `, signal ${signal}`;
  return `${outcome}${exit}`;
}

/** Where the output is no text, it has to be told; the report's is without its block. */
function finalMessage({ files: { attempts, report }, saidTail }: WholeIteration): string {
  if (saidTail === null) {
    return '';
  }
  const message = isRecord(report) ? report['message'] : null;
  return isString(message) ? message : (attempts.at(-1)?.result?.finalMessage ?? '');
}

function reportFacts({ files: { report }, saidTail }: WholeIteration): Fact[] {
  // What was made from the agent's last words, for lack of a report, stands in its output.
  const fields = isRecord(report) && report['derived'] !== true ? Object.entries(report) : [];
  return fields.flatMap(([name, value]): Fact[] => {
    const text = Array.isArray(value)
      ? value.map(String).join('; ')
      : typeof value === 'string'
        ? value
        : '';
    const isToldElsewhere = name === 'changes' || (name === 'message' && saidTail !== null);
    return text === '' || isToldElsewhere ? [] : [[name, oneLine(text)]];
  });
}

function promptText({ files }: WholeIteration, paint: Paint): string {
  if (files.prompt === null) {
    return '';
  }
  const lines = harmless(files.prompt.text).trimEnd().split('\n');
  const more = lines.length - PROMPT_LINES;
  const rest = more > 0 ? paint.dim(`  … ${more} more lines\n`) : '';
  return `${paint.dim(`  ${files.prompt.path}`)}\n${indented(lines.slice(0, PROMPT_LINES).join('\n'))}${rest}`;
}

function section(paint: Paint, title: string, body: string): string {
  return body.trim() === '' ? '' : `${paint.bold(title)}\n${body}`;
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `  - ${oneLine(item)}\n`).join('');
}

function indented(text: string): string {
  return text.trim() === ''
    ? ''
    : text
        .split('\n')
        .map((line) => (line === '' ? '\n' : `  ${line}\n`))
        .join('');
}
