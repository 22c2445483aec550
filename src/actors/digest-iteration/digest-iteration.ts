import { fromPromise } from 'xstate';
import type { AttemptKey } from '../../domain/attempt.ts';
import type { Digest, DigestInput } from '../../domain/loop-work.ts';
import { outcomeRule } from '../../domain/outcome.ts';
import type { Measures } from '../../domain/progress/measures.ts';
import type { Report } from '../../domain/report.ts';
import { saidOf } from '../../domain/summary/said.ts';
import type { EndedIterationContext } from '../../task/context.ts';
import { callHook } from '../../task/run-hook.ts';
import type { LoopWorld } from '../loop-world.ts';
import { listed, readChanges } from '../changes/kept-changes.ts';
import { taskContext } from '../task-context.ts';
import { readReport, withChanges } from '../validate-work.ts';
import { driftOf } from './drift-of.ts';
import { quarantineAfter } from './quarantine-after.ts';

/** Finds out what is to be told of the iteration once it is over, and tells the task. A second time changes nothing. */
export function digestIteration(world: LoopWorld) {
  return fromPromise<Digest, DigestInput>(async ({ input, signal }) => {
    await world.persisted();
    const { open, iteration } = input;
    const changedPaths = open.end ? readChanges(world, iteration) : null;
    const report = open.end
      ? reportOf(world, { iteration, attempt: open.attempt }, changedPaths)
      : null;
    await tellTask(world, input, report, signal);
    const measured = await measure(world, input, report, signal);
    const { ownPaths: _, ...measures } = measured;
    const at = world.clock.now();
    const drifted = driftOf(input, { report, changedPaths, measures: measured });
    deliverNotes(world, input);
    pruneIterations(world);
    return {
      ...{ at, workMark: world.workMark(), quarantine: quarantineAfter(world, input, at) },
      findings: {
        ...{ said: report ? saidOf(report) : '', measures, drifted },
        summary: world.settings.summaryBy === 'agent' ? (report?.summary ?? null) : null,
        resources: world.resources(),
      },
    };
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

function reportOf(
  world: LoopWorld,
  key: AttemptKey,
  changedPaths: readonly string[] | null,
): Report | null {
  const report = readReport(world, key);
  return report && withChanges(report, changedPaths && listed(changedPaths));
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
