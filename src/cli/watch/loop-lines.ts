import type { LoopStatus } from '../../domain/loop-status.ts';
import { capWords } from '../status/cap-words.ts';
import { endWords } from '../status/end-words.ts';
import { gateWords } from '../status/gate-words.ts';
import { nextStep } from '../status/next-step.ts';
import { stateWords } from '../status/state-words.ts';
import { validationWords } from '../status/validation-words.ts';
import { costText, plural } from '../tables/amount-text.ts';
import { countdownText, elapsedText, momentText } from '../tables/moment-text.ts';
import { markOf } from './loop-mark.ts';
import type { LoopView } from './loop-view.ts';
import { outcomeBars, rateText } from './outcome-bars.ts';
import type { PageFacts } from './page-facts.ts';
import type { StyledLine } from './styled-line.ts';

export interface LoopBlock {
  readonly lines: readonly StyledLine[];
  /** What its worker says: as much of it as there is room for, the end first. */
  readonly said: readonly StyledLine[];
}

/** One loop: its state, how it does, what it costs and what bounds it. */
export function loopLines(view: LoopView, { context, now }: PageFacts): LoopBlock {
  const { found } = view;
  const mark = markOf(found);
  if (!('reading' in found)) {
    return {
      lines: [[mark, [` ${found.loop} `, 'bold'], ['cannot be read']], fact('why', found.trouble)],
      said: [],
    };
  }
  const { status, message } = found.reading;
  const head: StyledLine = [
    mark,
    [` ${status.loop} `, 'bold'],
    [stateWords(found.reading)],
    [placeWords(status), 'dim'],
  ];
  const facts: readonly (readonly [name: string, text: string | null])[] = [
    ['worker', workerWords(status, now)],
    [
      'judging',
      status.validation &&
        `${validationWords(status.validation)}, for ${elapsedText(status.validation.since, now)}`,
    ],
    ['wait', waitWords(status, now)],
    ['ended', status.ended && `${endWords(status, message)} (${momentText(status.ended.at, now)})`],
    ['this run', runWords(status)],
    ['caps', capWords(status).join(', ') || null],
    ['notice', view.notices[0] ?? null],
    ['next', nextStep(context, found.reading)],
  ];
  const rate = rateText(view.recent);
  const bars =
    rate === null
      ? []
      : [[...name('outcomes'), ...outcomeBars(view.recent), [`  ${rate}`] as const]];
  const lines = facts.flatMap(([title, text]) => (text ? [fact(title, text)] : []));
  const said = view.said.map((line): StyledLine => [['  │ ', 'dim'], [line]]);
  return { lines: [head, ...bars, ...lines], said };
}

function name(title: string): StyledLine {
  return [[`  ${title.padEnd(10)}`, 'dim']];
}

function fact(title: string, text: string): StyledLine {
  return [...name(title), [text]];
}

function placeWords({ iteration, target, running, since }: LoopStatus): string {
  const words = [
    ...(since === null || !running ? [] : [elapsedText(since)]),
    ...(iteration === 0 ? [] : [`iteration ${iteration}`]),
    ...(target === null ? [] : [target]),
  ];
  return words.map((word) => ` · ${word}`).join('');
}

function workerWords({ worker }: LoopStatus, now: number): string | null {
  if (worker === null) {
    return null;
  }
  const { agent, attempt, since, lastOutputAt } = worker;
  const output =
    lastOutputAt === null ? 'no output yet' : `last output ${elapsedText(lastOutputAt, now)} ago`;
  return `${agent}, attempt ${attempt}, for ${elapsedText(since, now)}, ${output}`;
}

function waitWords({ wait }: LoopStatus, now: number): string | null {
  if (wait === null) {
    return null;
  }
  const why = wait.gate ? `${gateWords(wait.gate)}; ` : wait.reason ? `${wait.reason}; ` : '';
  return wait.until === null
    ? `${why}until the operator ends it`
    : `${why}over ${countdownText(wait.until, now)} (${momentText(wait.until, now)})`;
}

function runWords({ totals, state }: LoopStatus): string | null {
  const { iterations, succeeded, failed, costUsd, costIsEstimated } = totals;
  if (state === 'idle') {
    return null;
  }
  const about = costIsEstimated ? 'about ' : '';
  const each =
    costUsd === null || succeeded === 0 ? '' : `, ${costText(costUsd / succeeded)} a success`;
  const cost = costUsd === null ? '' : ` · ${about}${costText(costUsd)}${each}`;
  return `${plural(iterations, 'iteration')}, ${succeeded} succeeded, ${failed} failed${cost}`;
}
