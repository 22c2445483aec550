import type { MetricFamily, Sample } from './metric-family.ts';

/** `prometheus`: the older text format, version 0.0.4, that some readers know only. */
export type TextFormat = 'openmetrics' | 'prometheus';

export interface TextRequest {
  readonly format: TextFormat;
  /** On every sample. */
  readonly labels: Readonly<Record<string, string>>;
  /** What may be shown of the value of a label. */
  readonly redact: (text: string) => string;
}

/** The families as text, those without samples left out. */
export function metricsText(families: readonly MetricFamily[], request: TextRequest): string {
  const lines = families.flatMap((family) => familyLines(family, request));
  const end = request.format === 'openmetrics' ? ['# EOF'] : [];
  return `${[...lines, ...end].join('\n')}\n`;
}

export const CONTENT_TYPES: Readonly<Record<TextFormat, string>> = {
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
};

function familyLines(family: MetricFamily, request: TextRequest): string[] {
  const isOpen = request.format === 'openmetrics';
  const sampleName = family.type === 'counter' ? `${family.name}_total` : family.name;
  const name = isOpen ? family.name : sampleName;
  const samples = sampleLines(family, sampleName, request);
  return samples.length === 0
    ? []
    : [
        `# HELP ${name} ${escaped(family.help)}`,
        `# TYPE ${name} ${family.type}`,
        ...(isOpen && family.unit !== null ? [`# UNIT ${name} ${family.unit}`] : []),
        ...samples,
      ];
}

function sampleLines(family: MetricFamily, name: string, request: TextRequest): string[] {
  const line = (suffix: string, { labels, value }: Sample): string =>
    `${name}${suffix}${labelText({ ...request.labels, ...labels }, request)} ${numberText(value)}`;
  if (family.type !== 'summary') {
    return family.samples.map((sample) => line('', sample));
  }
  return [
    ...family.quantiles.map(({ quantile, value }) =>
      line('', { labels: { quantile: String(quantile) }, value }),
    ),
    line('_sum', { labels: {}, value: family.sum }),
    line('_count', { labels: {}, value: family.count }),
  ];
}

function labelText(labels: Sample['labels'], { redact }: TextRequest): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(redact(value)).replaceAll('"', String.raw`\"`)}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Sums of fractions end in digits that mean nothing. */
function numberText(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`);
}
