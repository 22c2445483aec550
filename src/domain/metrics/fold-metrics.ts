import { errorFingerprint } from '../error-fingerprint.ts';
import type { RecordedEvent } from '../event.ts';
import { isOutcome, isSuccess } from '../outcome.ts';
import type { IterationFacts } from '../summary/summary.ts';
import { weighed } from './average.ts';
import type { EndedFacts } from './ended-iteration.ts';
import { NOTHING_FOUND } from './findings.ts';
import { isRegression, rememberGate } from './gates-memory.ts';
import { foldLife, rememberMemory } from './life.ts';
import type { MetricsState, Usage } from './metrics-state.ts';
import { foldOpen, isNamed } from './open-facts.ts';
import { addToSketch } from './sketch.ts';
import { rememberIteration } from './window.ts';
import { tellAnomaly } from './anomalies/fold-anomalies.ts';

/** What is remembered after one event more, whatever it is. */
export function foldMetrics(before: MetricsState, event: RecordedEvent): MetricsState {
  const metrics = {
    ...before,
    lastSeq: event.seq,
    life: foldLife(before.life, event),
    open: foldOpen(before.open, event),
    errors: before.errors + (isError(event) ? 1 : 0),
  };
  if (isNamed(event, 'validation')) {
    const { gates, regressions } = metrics;
    const { details } = event;
    return {
      ...metrics,
      gates: rememberGate(gates, details),
      regressions: regressions + (isRegression(gates, details) ? 1 : 0),
    };
  }
  return isNamed(event, 'anomaly')
    ? { ...metrics, anomalies: tellAnomaly(metrics.anomalies, event.details) }
    : metrics;
}

export interface CountedIteration {
  readonly facts: EndedFacts;
  readonly event: RecordedEvent<'iteration_end'>;
}

/** What is remembered of an iteration that ended. */
export function withIteration(
  metrics: MetricsState,
  { facts, event }: CountedIteration,
): MetricsState {
  const { outcome, target, worked } = facts;
  const duration = Math.max(0, facts.endedAtEpochMs - facts.startedAtEpochMs) / 1000;
  const entry = {
    outcome,
    duration,
    cost: facts.costUsd,
    worked,
    changed: changed(facts),
  };
  const isGood = isSuccess(outcome);
  const fingerprint = isGood ? '' : errorFingerprint(outcome, facts.reason ?? '');
  return {
    ...metrics,
    life: rememberMemory(metrics.life, event.details.resources?.runner_memory_mb ?? null),
    window: rememberIteration(metrics.window, entry),
    durations: addToSketch(metrics.durations, duration),
    usage: foldUsage(metrics.usage, { facts, event }),
    sameError: {
      fingerprint,
      count: isGood ? 0 : again(metrics.sameError.fingerprint === fingerprint, metrics.sameError),
    },
    stuck: {
      target,
      count: target === null || isGood ? 0 : again(metrics.stuck.target === target, metrics.stuck),
    },
  };
}

function again(isSame: boolean, { count }: { readonly count: number }): number {
  return isSame ? count + 1 : 1;
}

function foldUsage(before: Usage, { facts, event }: CountedIteration): Usage {
  const { cpuSeconds, workerSeconds, peakMemoryMb } = facts;
  const resources = event.details.resources ?? NOTHING_FOUND.resources;
  const isMeasured = cpuSeconds !== null && workerSeconds > 0;
  return {
    cpuPercent: weighed(before.cpuPercent, isMeasured ? (100 * cpuSeconds) / workerSeconds : null),
    memoryMb: weighed(before.memoryMb, peakMemoryMb),
    logSizeMb: resources.log_size_mb,
    diskUsedPercent: resources.disk_used_percent,
  };
}

/** Errors of the loop's own, and attempts that failed. */
function isError(event: RecordedEvent): boolean {
  if (isNamed(event, 'worker_end')) {
    const { outcome } = event.details;
    return !(isOutcome(outcome) && isSuccess(outcome));
  }
  return event.event === 'error';
}

/** Unknown is not none; work that was taken back does not stand. */
function changed({ outcome, changes, takenBack }: IterationFacts): boolean | null {
  if (takenBack || outcome === 'no_change') {
    return false;
  }
  return changes === null ? null : changes.length > 0;
}
