import type { FailingGate, Memory } from '../memory/memory.ts';
import { nameText } from './iteration-text.ts';
import { plainLine } from './plain-text.ts';
import { cutToTokens, fittingLines } from './token-cost.ts';

/** More would not fit anywhere. */
const MOST_REMARKS = 20;
/** Tokens of one entry. */
const ENTRY = 50;

export interface List {
  readonly title: string;
  readonly entries: readonly string[];
  /** Tokens of all its entries. */
  readonly most: number;
}

/** A title and an entry a line, the first ones where not all find room; nothing where there is none. */
export function listText({ title, entries, most }: List): readonly string[] {
  const lines = entries.map((entry) => `- ${cutToTokens(plainLine(entry), ENTRY)}`);
  const fitting = fittingLines([...new Set(lines)], most);
  return fitting.length === 0 ? [] : [title, ...fitting];
}

export function gateEntries(gates: readonly FailingGate[]): readonly string[] {
  return gates.toReversed().map(({ gate, iteration, reason }) => {
    const why = reason === '' ? '' : `: ${reason}`;
    return `${nameText(gate)} (iteration ${iteration})${why}`;
  });
}

export function failingGates({ gates }: Memory): readonly string[] {
  const title = 'Gates that failed when they last ran:';
  return listText({ title, entries: gateEntries(gates), most: 55 });
}

/** Of all targets but this one. */
export function openIssues(memory: Memory, target: string | null): readonly string[] {
  const entries = remarksBut(memory, 'issues', target);
  return listText({ title: 'Open issues, as reported:', entries, most: 90 });
}

/** Of all targets but this one. */
export function lessons(memory: Memory, target: string | null): readonly string[] {
  const entries = remarksBut(memory, 'lessons', target);
  return listText({ title: 'Lessons, as reported:', entries, most: 90 });
}

/** The newest first, each with its target. */
function remarksBut(
  memory: Memory,
  kind: 'issues' | 'lessons',
  target: string | null,
): readonly string[] {
  return Object.entries(memory.targets)
    .filter(([name]) => target === null || name !== target)
    .toSorted(([, left], [, right]) => newest(right) - newest(left))
    .flatMap(([name, remembered]) => remembered[kind].map((text) => ({ name, text })))
    .slice(0, MOST_REMARKS)
    .map(({ name, text }) => (name === '' ? text : `${nameText(name)}: ${text}`));
}

function newest({ iterations }: Memory['targets'][string]): number {
  return iterations[0]?.iteration ?? 0;
}
