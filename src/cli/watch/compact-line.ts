import type { LoopStatus } from '../../domain/loop-status.ts';
import { stateWords } from '../status/state-words.ts';
import { costText } from '../tables/amount-text.ts';
import { countdownText } from '../tables/moment-text.ts';
import { markOf } from './loop-mark.ts';
import type { LoopView } from './loop-view.ts';
import { outcomeBars, rateText } from './outcome-bars.ts';
import type { StyledLine } from './styled-line.ts';

export interface CompactFacts {
  /** Epoch ms. */
  readonly now: number;
  /** Of the longest name. */
  readonly width: number;
}

const BARS = 12;

/** A loop in one line. */
export function compactLine({ found, recent }: LoopView, { now, width }: CompactFacts): StyledLine {
  const head: StyledLine = [markOf(found), [` ${found.loop.padEnd(width)}  `, 'bold']];
  if (!('reading' in found)) {
    return [...head, [found.trouble]];
  }
  const { status } = found.reading;
  const last = recent.slice(-BARS);
  const rate = rateText(last);
  const cost = status.totals.costUsd === null ? '' : ` ${costText(status.totals.costUsd)}`;
  return [
    ...head,
    ...outcomeBars(last),
    [`${' '.repeat(BARS - last.length)} ${(rate ?? '').replace(/ of.*/, '').padStart(5)}${cost}  `],
    [stateWords(found.reading)],
    [nowWords(status, now), 'dim'],
  ];
}

function nowWords({ wait, target }: LoopStatus, now: number): string {
  if (wait?.until) {
    return ` · ${countdownText(wait.until, now)}`;
  }
  return target === null ? '' : ` · ${target}`;
}
