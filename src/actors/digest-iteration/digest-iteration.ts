import { fromPromise } from 'xstate';
import type { AttemptKey } from '../../domain/attempt.ts';
import type { Digest, DigestInput } from '../../domain/loop-work.ts';
import { outcomeRule } from '../../domain/outcome.ts';
import type { Measures } from '../../domain/progress/measures.ts';
import type { Report } from '../../domain/report.ts';
import { foldIteration } from '../../domain/summary/fold-iteration.ts';
import { parseSummary } from '../../domain/summary/parse-summary.ts';
import type { IterationFacts, Summary } from '../../domain/summary/summary.ts';
import { summaryText } from '../../domain/summary/summary-text.ts';
import type { EndedIterationContext } from '../../task/context.ts';
import { callHook } from '../../task/run-hook.ts';
import type { LoopWorld } from '../loop-world.ts';
import { listed, readChanges } from '../changes/kept-changes.ts';
import { taskContext } from '../task-context.ts';
import { readReport, withChanges } from '../validate-work.ts';
import { driftOf } from './drift-of.ts';
import { quarantineAfter } from './quarantine-after.ts';

/** Folds the iteration into `summary.json` and `summary.txt`, and tells the task. A second time changes nothing. */
export function digestIteration(world: LoopWorld) {
  return fromPromise<Digest, DigestInput>(async ({ input, signal }) => {
    await world.persisted();
    const { open, iteration } = input;
    const changedPaths = open.end ? readChanges(world, iteration) : null;
    const report = open.end
      ? reportOf(world, { iteration, attempt: open.attempt }, changedPaths)
      : null;
    await tellTask(world, input, report, signal);
    const measures = await measure(world, input, report, signal);
    const endedAtEpochMs = world.clock.now();
    const drifted = driftOf(input, { report, changedPaths, measures });
    const facts = { ...factsOf(input, report), measures, drifted, endedAtEpochMs };
    const summary = summarize(world, facts);
    deliverNotes(world, input);
    pruneIterations(world);
    const quarantine = quarantineAfter(summary, world.task, input);
    return { at: endedAtEpochMs, workMark: world.workMark(), quarantine };
  });
}

/** What is not removed now is removed after the next one. */
function pruneIterations({ attempts, settings, clock, log }: LoopWorld): void {
  const { keepIterations: keep, keepDays } = settings;
  const sinceEpochMs = keepDays === 0 ? null : clock.now() - keepDays * 86_400_000;
  try {
    attempts.prune({ keep, sinceEpochMs });
  } catch (error) {
    log.warn({ error: String(error) }, 'old iterations were not removed');
  }
}

function summarize(world: LoopWorld, facts: IterationFacts): Summary {
  const before = parseSummary(world.summaries.readMetrics());
  const summary = foldIteration(before, facts, world.task.name);
  if (summary !== before) {
    world.summaries.writeMetrics(summary);
  }
  world.summaries.writeText(summaryText(summary));
  return summary;
}

function reportOf(
  world: LoopWorld,
  key: AttemptKey,
  changedPaths: readonly string[] | null,
): Report | null {
  const report = readReport(world, key);
  return report && withChanges(report, changedPaths && listed(changedPaths));
}

function factsOf(
  input: DigestInput,
  report: Report | null,
): Omit<IterationFacts, 'endedAtEpochMs' | 'measures' | 'drifted'> {
  const { open, iteration, outcome } = input;
  return {
    iteration,
    outcome,
    target: open.target,
    reason: open.end?.reason ?? null,
    startedAtEpochMs: open.startedAtEpochMs,
    costUsd: open.costUsd,
    tokensIn: open.tokens?.in ?? null,
    tokensOut: open.tokens?.out ?? null,
    ...{ validation: open.validation, takenBack: open.takenBack },
    said: report ? saidIn(report) : '',
  };
}

function saidIn(report: Report): string {
  const lists = [
    ...report.changes.map((change) => `changed: ${change}`),
    ...report.issues.map((issue) => `open: ${issue}`),
    ...(report.next ? [`next: ${report.next}`] : []),
    ...report.learned.map((lesson) => `learned: ${lesson}`),
  ];
  return [report.message, ...lists].filter((line) => line !== '').join('\n');
}

async function tellTask(
  world: LoopWorld,
  input: DigestInput,
  report: Report | null,
  signal: AbortSignal,
): Promise<void> {
  const told = await callHook(
    world.task,
    'afterIteration',
    endedContext(world, { input, report, signal }),
  );
  if (!told.ok) {
    world.log.warn({ iteration: input.iteration }, world.redact(told.message));
  }
}

/** Asked after `afterIteration`, which may still bring things to their end. */
async function measure(
  world: LoopWorld,
  input: DigestInput,
  report: Report | null,
  signal: AbortSignal,
): Promise<Measures> {
  const context = endedContext(world, { input, report, signal });
  const measured = await callHook(world.task, 'measure', context);
  if (!measured.ok) {
    world.log.warn({ iteration: input.iteration }, world.redact(measured.message));
  }
  return measured.ok ? measured.value : {};
}

interface Ended {
  readonly input: DigestInput;
  readonly report: Report | null;
  readonly signal: AbortSignal;
}

function endedContext(
  world: LoopWorld,
  { input: { open, iteration, outcome }, report, signal }: Ended,
): EndedIterationContext {
  const occasion = { iteration, attempt: open.attempt, target: open.target, signal };
  return { ...taskContext(world, occasion), outcome, report };
}

/** What an agent was told is told once; where none worked, or its service let nobody in, the notes wait on. */
function deliverNotes(world: LoopWorld, { open, outcome }: DigestInput): void {
  const wasHeard = !['configuration', 'environment'].includes(outcomeRule(outcome).class);
  if (open.workerStarted && wasHeard) {
    const startedAt = new Date(open.startedAtEpochMs).toISOString();
    const told = world.notes
      .pending()
      .filter((note) => note.at <= startedAt && [null, open.target].includes(note.target));
    world.notes.deliver(told.map((note) => note.id));
  }
}
