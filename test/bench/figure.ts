/** One measured value beside its baseline of the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: { readonly name: string; readonly value: number };
  readonly ratio: number;
}

export function figure(
  name: string,
  measured: { value: number; unit: string; baseline: Figure['baseline'] },
): Figure {
  return { name, ...measured, ratio: measured.value / measured.baseline.value };
}

/** `share`: 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
