import type { RecordedEvent } from '../event.ts';
import { emptySummary } from '../summary/empty-summary.ts';
import { foldIteration } from '../summary/fold-iteration.ts';
import type { Summary } from '../summary/summary.ts';
import { foldAnomalies } from './anomalies/fold-anomalies.ts';
import { endedIteration } from './ended-iteration.ts';
import { foldMetrics, withIteration } from './fold-metrics.ts';
import { NO_METRICS, type MetricsState } from './metrics-state.ts';
import { foldOpen, isNamed } from './open-facts.ts';
import { withFigures } from './with-figures.ts';

/**
 * The summary with one recorded event more; an event it has counted changes nothing. Metrics are made of events and of
 * nothing else: whoever folds the same events has the same figures. Costs the same at any age.
 */
export function foldEvent(before: Summary | null, event: RecordedEvent): Summary {
  const summary = before ?? emptySummary(event.task);
  const known = summary.state.metrics ?? NO_METRICS;
  if (event.seq <= known.lastSeq) {
    return summary;
  }
  const metrics = foldMetrics(known, event);
  return isNamed(event, 'iteration_end')
    ? ended({ summary, metrics, event })
    : withFigures({ ...summary, generated_at: event.timestamp }, metrics);
}

interface End {
  readonly summary: Summary;
  readonly metrics: MetricsState;
  readonly event: RecordedEvent<'iteration_end'>;
}

/** An iteration that a summary of an older version has counted is not counted again. */
function ended({ summary, metrics, event }: End): Summary {
  const facts = endedIteration(metrics.open, event);
  const closed = { ...metrics, open: foldOpen(null, event) };
  if (facts === null || facts.iteration <= summary.state.last_iteration) {
    return withFigures(summary, closed);
  }
  const counted = foldIteration(summary, facts, event.task);
  const figures = withFigures(counted, withIteration(closed, { facts, event }));
  const { state } = figures;
  const anomalies = foldAnomalies(state.metrics?.anomalies ?? {}, figures);
  return withFigures(figures, { ...(state.metrics ?? closed), anomalies });
}
