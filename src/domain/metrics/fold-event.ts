import type { RecordedEvent } from '../event.ts';
import { emptySummary } from '../summary/empty-summary.ts';
import { foldIteration } from '../summary/fold-iteration.ts';
import { rememberEvent } from '../summary/memory/remember-event.ts';
import type { Summary } from '../summary/summary.ts';
import { foldAnomalies } from './anomalies/fold-anomalies.ts';
import { endedIteration } from './ended-iteration.ts';
import { foldMetrics, withIteration } from './fold-metrics.ts';
import { NO_METRICS, type MetricsState } from './metrics-state.ts';
import { isNamed } from './open-facts.ts';

/**
 * The summary with one recorded event more; an event it has counted changes nothing. Metrics are made of events and of
 * nothing else: whoever folds the same events has the same figures. Costs the same at any age. What follows from what is
 * remembered is worked out where it is looked at: `withFigures`.
 */
export function foldEvent(before: Summary | null, event: RecordedEvent): Summary {
  const counted = before ?? emptySummary(event.task);
  const known = counted.state.metrics ?? NO_METRICS;
  if (event.seq <= known.lastSeq) {
    return counted;
  }
  const metrics = foldMetrics(known, event);
  const summary = rememberEvent(counted, event);
  return isNamed(event, 'iteration_end')
    ? ended({ summary, metrics, event })
    : remembering({ ...summary, generated_at: event.timestamp }, metrics);
}

interface End {
  readonly summary: Summary;
  readonly metrics: MetricsState;
  readonly event: RecordedEvent<'iteration_end'>;
}

/** An iteration that a summary of an older version has counted is not counted again. */
function ended({ summary, metrics, event }: End): Summary {
  const facts = endedIteration(metrics.open, event);
  const closed = { ...metrics, open: null };
  if (facts === null || facts.iteration <= summary.state.last_iteration) {
    return remembering(summary, closed);
  }
  const counted = remembering(
    foldIteration(summary, facts, event.task),
    withIteration(closed, { facts, event }),
  );
  return withAnomalies(counted);
}

function remembering(summary: Summary, metrics: MetricsState): Summary {
  return { ...summary, state: { ...summary.state, metrics } };
}

function withAnomalies(summary: Summary): Summary {
  const { metrics = NO_METRICS } = summary.state;
  const anomalies = foldAnomalies(metrics.anomalies, summary);
  return remembering(summary, { ...metrics, anomalies });
}
