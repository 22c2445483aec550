import type { RecordedEvent } from '../../event.ts';
import { NOTHING_FOUND } from '../../metrics/findings.ts';
import { isNamed } from '../../metrics/open-facts.ts';
import { isSuccess } from '../../outcome.ts';
import { partsOfSaid } from '../said.ts';
import { plainLine } from '../text/plain-text.ts';
import { memoryOf, type FailingGate, type Memory, type TargetMemory } from './memory.ts';

/** More would not fit into a prompt. */
const MOST_ITERATIONS = 3;
const MOST_REMARKS = 4;
const MOST_GATES = 10;
/** Those worked on longest ago are forgotten: the summary must not grow for ever. */
const MOST_TARGETS = 200;
const LONGEST_SAID = 240;
const LONGEST_REMARK = 160;

export interface MemorableEvent {
  readonly event: RecordedEvent;
  /** Why the iteration at hand went wrong, where it has. */
  readonly reason: string | null;
}

/** What is remembered after one event more; the same object where the event tells nothing to remember. */
export function foldMemory(memory: Memory, { event, reason }: MemorableEvent): Memory {
  if (isNamed(event, 'validation')) {
    return { ...memory, gates: rememberGate(memory.gates, event) };
  }
  return isNamed(event, 'iteration_end') && event.iteration !== null
    ? withIteration(memory, { event, iteration: event.iteration, reason })
    : memory;
}

function rememberGate(
  gates: readonly FailingGate[],
  { iteration, details: { gate, passed, reason } }: RecordedEvent<'validation'>,
): readonly FailingGate[] {
  const others = gates.filter((known) => known.gate !== gate);
  return passed
    ? others
    : [...others, { gate, iteration: iteration ?? 0, reason: remark(reason ?? '') }].slice(
        -MOST_GATES,
      );
}

interface Ended {
  readonly event: RecordedEvent<'iteration_end'>;
  readonly iteration: number;
  readonly reason: string | null;
}

function withIteration(memory: Memory, ended: Ended): Memory {
  const { target } = ended.event.details;
  const told = withReport(memoryOf(memory, target), memory.gates, ended);
  const targets = new Map(Object.entries(memory.targets)).set(target ?? '', told);
  if (targets.size > MOST_TARGETS) {
    targets.delete(oldest(targets));
  }
  return { ...memory, targets: Object.fromEntries(targets) };
}

function oldest(targets: ReadonlyMap<string, TargetMemory>): string {
  let found = '';
  let least = Infinity;
  for (const [name, { iterations }] of targets) {
    const last = iterations[0]?.iteration ?? 0;
    if (last < least) {
      found = name;
      least = last;
    }
  }
  return found;
}

function withReport(
  before: TargetMemory | null,
  gates: readonly FailingGate[],
  { event: { details }, iteration, reason }: Ended,
): TargetMemory {
  const { said, outcome, validation } = { ...NOTHING_FOUND, ...details };
  const { words, changes, issues, learned } = partsOfSaid(said);
  const inShort = [words, ...changes].filter((part) => part !== '').join('; ');
  const why = isSuccess(outcome) || outcome === 'validation_failed' ? '' : remark(reason ?? '');
  const lessons = [...learned.map(remark), ...(before?.lessons ?? [])];
  const isJudged = (validation ?? null) !== null;
  return {
    iterations: [
      { iteration, outcome, said: cut(inShort, LONGEST_SAID), reason: why },
      ...(before?.iterations ?? []).filter((known) => known.iteration !== iteration),
    ].slice(0, MOST_ITERATIONS),
    gates: isJudged ? gates.filter((gate) => gate.iteration === iteration) : (before?.gates ?? []),
    issues: said ? issues.map(remark).slice(0, MOST_REMARKS) : (before?.issues ?? []),
    lessons: [...new Set(lessons)].slice(0, MOST_REMARKS),
  };
}

function remark(text: string): string {
  return cut(text, LONGEST_REMARK);
}

function cut(text: string, most: number): string {
  // What is cut off anyway is not looked at.
  const line = plainLine(text.slice(0, 4 * most));
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line;
}
