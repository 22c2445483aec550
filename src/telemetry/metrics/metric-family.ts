/** All samples of one name, without a format: OpenMetrics and OpenTelemetry are both made of it. */
export type MetricFamily = PlainFamily | SummaryFamily;

export interface PlainFamily extends FamilyName {
  /** A counter goes up only, but for a loop whose data was removed. */
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly Sample[];
  /** A counter's beginning: the loop's first iteration, or its runner's start. */
  readonly countsFrom?: 'loop' | 'runner';
}

/** How something is spread. */
export interface SummaryFamily extends FamilyName {
  readonly type: 'summary';
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
  readonly sum: number;
  readonly count: number;
}

interface FamilyName {
  /** Ends in its unit, where it has one; a counter's without `_total`. */
  readonly name: string;
  readonly unit: Unit | null;
  readonly help: string;
}

export type Unit = 'seconds' | 'bytes' | 'usd' | 'ratio';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Named = Omit<PlainFamily, 'type' | 'samples'>;

/** Without a value there is no sample: what is not known is left out, never 0. */
export function gauge(family: Named, value: number | null): PlainFamily {
  return { ...family, type: 'gauge', samples: samplesOf(value) };
}

export function counter(family: Named, value: number | null): PlainFamily {
  return { ...family, type: 'counter', samples: samplesOf(value) };
}

/** 1 at the value that holds, 0 at the others. */
export function oneOf(
  family: Named,
  { label, all, now }: { label: string; all: readonly string[]; now: readonly string[] },
): PlainFamily {
  const values = new Set([...all, ...now]);
  const samples = [...values].map((value) => ({
    labels: { [label]: value },
    value: now.includes(value) ? 1 : 0,
  }));
  return { ...family, type: 'gauge', samples };
}

export function named(name: string, help: string): Named {
  const unit = UNITS.find((one) => name.endsWith(`_${one}`)) ?? null;
  return { name, unit, help };
}

const UNITS: readonly Unit[] = ['seconds', 'bytes', 'usd', 'ratio'];

function samplesOf(value: number | null): Sample[] {
  return value === null || !Number.isFinite(value) ? [] : [{ labels: {}, value }];
}
