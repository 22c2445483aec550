import type { JudgeInput } from '../../domain/loop-work.ts';
import type { Outcome } from '../../domain/outcome.ts';
import { parseSummary } from '../../domain/summary/parse-summary.ts';
import { countTarget, targetRecords } from '../../domain/summary/target-record.ts';
import { leftOut } from '../../selection/left-out.ts';
import { quarantineOf } from '../../selection/quarantine.ts';
import { callHook } from '../../task/run-hook.ts';
import type { LoopWorld } from '../loop-world.ts';
import { taskContext } from '../task-context.ts';
import { rulesOf, scoresTargets } from './rules-of.ts';

export interface EndedWork {
  readonly input: JudgeInput;
  readonly judgement: { readonly outcome: Outcome };
  readonly signal: AbortSignal;
}

/**
 * Whether any target is quarantined, with the iteration that is ending just now. A task that has them scored is asked
 * anew what it offers: who is not offered any more, or graduated, is not left out.
 */
export async function leavesOut(world: LoopWorld, ended: EndedWork): Promise<boolean> {
  const { task, clock } = world;
  const records = recordsWith(world, ended);
  const facts = { rules: rulesOf(task), nowEpochMs: clock.now() };
  if (!scoresTargets(task)) {
    return [...records.values()].some(
      (record) => quarantineOf(record, facts.rules, facts.nowEpochMs) !== null,
    );
  }
  const context = taskContext(world, { ...ended.input, signal: ended.signal });
  const history = Object.fromEntries(records);
  const offered = await callHook(task, 'targets', { ...context, history });
  return (offered.ok ? offered.value : []).some(
    (offer) => leftOut(offer, records.get(offer.name) ?? null, facts)?.why === 'quarantined',
  );
}

function recordsWith(world: LoopWorld, { input, judgement }: EndedWork) {
  const records = new Map(targetRecords(parseSummary(world.summaries.readMetrics())));
  const { target, iteration } = input;
  if (target !== null) {
    const facts = { iteration, outcome: judgement.outcome, costUsd: null };
    const at = new Date(world.clock.now()).toISOString();
    records.set(target, countTarget(records.get(target) ?? null, facts, { at, duration: 0 }));
  }
  return records;
}
