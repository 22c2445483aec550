import type { RowKind } from '../layout/chart.ts';
import { element } from './markup.ts';

/** What kind of row it is; drawn, since fonts differ in such characters. The place is its middle. */
export function drawSign(
  kind: RowKind,
  { x, y }: { readonly x: number; readonly y: number },
): string {
  return element('path', {
    class: `sign ${kind}`,
    d: SIGNS[kind],
    transform: `translate(${x} ${y})`,
  });
}

const ARROW = 'M-5 0H4M1-3L4 0 1 3';

const SIGNS: Readonly<Record<RowKind, string>> = {
  actor: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0M-1 0h2',
  tag: 'M-1-4L-2 4M2-4L1 4M-4-1.5H4M-4 1.5H4',
  arrow: ARROW,
  jump: ARROW,
  again: 'M3.4-2.4A4.2 4.2 0 1 0 4.2 1M4-5V-2H1',
  stays: 'M-1 0h2',
};
