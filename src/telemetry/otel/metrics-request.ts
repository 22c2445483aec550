import type { MetricFamily, Sample, SummaryFamily, Unit } from '../metrics/metric-family.ts';
import type { HistogramPoint, NamedHistogram } from './histogram.ts';
import { keyValues, nanoseconds, type OtlpMessage, type Sender } from './otlp-request.ts';

export interface MetricsSnapshot {
  readonly families: readonly MetricFamily[];
  readonly histograms: readonly NamedHistogram[];
  /** Epoch ms. */
  readonly at: number;
  /** Since when the counters of the loop count; those of its runner, since that began. */
  readonly loopSince: number;
  readonly runnerSince: number;
}

/** `ExportMetricsServiceRequest`; all sums since their beginning, as Prometheus has them. */
export function metricsRequest(
  snapshot: MetricsSnapshot,
  { resource, scope }: Sender,
): OtlpMessage {
  const metrics = [
    ...snapshot.families.filter(hasPoints).map((family) => metricOf(family, snapshot)),
    ...snapshot.histograms.map((histogram) => histogramMetric(histogram, snapshot)),
  ];
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] };
}

/** `autoloop_cost_usd` → `autoloop.cost`: whoever makes a name for Prometheus of it again adds the unit. */
function otelName({ name, unit }: Pick<MetricFamily, 'name' | 'unit'>): string {
  const bare = unit === null ? name : name.slice(0, -unit.length - 1);
  return bare.replace('autoloop_', 'autoloop.');
}

function hasPoints(family: MetricFamily): boolean {
  return family.type === 'summary' ? family.count > 0 : family.samples.length > 0;
}

function metricOf(family: MetricFamily, snapshot: MetricsSnapshot): OtlpMessage {
  const unit = family.unit === null ? '' : UNITS[family.unit];
  const named = { name: otelName(family), description: family.help, ...(unit !== '' && { unit }) };
  const timeUnixNano = nanoseconds(snapshot.at);
  if (family.type === 'summary') {
    const times = { startTimeUnixNano: nanoseconds(snapshot.loopSince), timeUnixNano };
    return { ...named, summary: { dataPoints: [summaryPoint(family, times)] } };
  }
  if (family.type === 'gauge') {
    const dataPoints = family.samples.map((sample) => numberPoint(sample, { timeUnixNano }));
    return { ...named, gauge: { dataPoints } };
  }
  const since = family.countsFrom === 'runner' ? snapshot.runnerSince : snapshot.loopSince;
  const times = { startTimeUnixNano: nanoseconds(since), timeUnixNano };
  const dataPoints = family.samples.map((sample) => numberPoint(sample, times));
  return {
    ...named,
    sum: { dataPoints, aggregationTemporality: CUMULATIVE, isMonotonic: true },
  };
}

const CUMULATIVE = 2;
const UNITS: Readonly<Record<Unit, string>> = {
  seconds: 's',
  bytes: 'By',
  usd: '{USD}',
  ratio: '1',
};

function numberPoint({ labels, value }: Sample, times: OtlpMessage): OtlpMessage {
  return { ...times, attributes: keyValues(labels), asDouble: value };
}

function summaryPoint({ count, sum, quantiles }: SummaryFamily, times: OtlpMessage): OtlpMessage {
  const quantileValues = quantiles.map(({ quantile, value }) => ({ quantile, value }));
  return { ...times, count: String(count), sum, quantileValues };
}

function histogramMetric(
  { name, description, unit, bounds, points }: NamedHistogram,
  { at, runnerSince }: MetricsSnapshot,
): OtlpMessage {
  const times = {
    startTimeUnixNano: nanoseconds(runnerSince),
    timeUnixNano: nanoseconds(at),
  };
  const dataPoints = points.map((point) => ({ ...times, ...histogramPoint(point, bounds) }));
  return {
    ...{ name, description, unit },
    histogram: { dataPoints, aggregationTemporality: CUMULATIVE },
  };
}

function histogramPoint(point: HistogramPoint, bounds: readonly number[]): OtlpMessage {
  return {
    attributes: keyValues(point.attributes),
    count: String(point.count),
    ...{ sum: point.sum, min: point.min, max: point.max },
    bucketCounts: point.counts.map(String),
    explicitBounds: bounds,
  };
}
