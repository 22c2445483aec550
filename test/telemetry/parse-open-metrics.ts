/** A family as a strict reader of OpenMetrics 1.0 finds it. */
export interface ParsedFamily {
  readonly name: string;
  type: string;
  unit: string | null;
  help: string | null;
  readonly samples: ParsedSample[];
}

export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Reads an exposition as the text of OpenMetrics 1.0 demands it, for the types that we write; throws at the first
 * offence, naming the line.
 */
export function parseOpenMetrics(text: string): ReadonlyMap<string, ParsedFamily> {
  const lines = text.split('\n');
  demand(lines.pop() === '', 'it must end with a line feed', text.slice(-40));
  demand(lines.pop() === '# EOF', 'it must end with # EOF', text.slice(-40));
  const families = new Map<string, ParsedFamily>();
  for (const line of lines) {
    const metadata = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/.exec(line);
    if (metadata) {
      const [, keyword = '', name = '', value = ''] = metadata;
      describeFamily(openFamily(families, name, line), { keyword, value, line });
    } else {
      const current = [...families.values()].at(-1);
      demand(current !== undefined, 'a sample before its family', line);
      addSample(current, line);
    }
  }
  families.forEach(checkFamily);
  return families;
}

/** Value of the one sample that has these labels, whatever others it has. */
export function valueOf(
  families: ReadonlyMap<string, ParsedFamily>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const samples = [...families.values()].flatMap((family) => family.samples);
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  );
  demand(found.length < 2, 'more than one sample', `${name} ${JSON.stringify(labels)}`);
  return found[0]?.value ?? null;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const NUMBER = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)$/i;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [''],
  summary: ['', '_sum', '_count', '_created'],
};

/** The one at hand, or a new one. */
function openFamily(families: Map<string, ParsedFamily>, name: string, line: string): ParsedFamily {
  const current = [...families.values()].at(-1);
  if (current?.name === name) {
    return current;
  }
  demand(!families.has(name), 'samples of a family must stand together', line);
  demand(NAME.test(name), 'no name of a metric', line);
  const begun = { name, type: 'unknown', unit: null, help: null, samples: [] };
  families.set(name, begun);
  return begun;
}

function describeFamily(
  family: ParsedFamily,
  { keyword, value, line }: { keyword: string; value: string; line: string },
): void {
  demand(family.samples.length === 0, 'what describes a family must precede its samples', line);
  if (keyword === 'HELP') {
    demand(family.help === null, 'a second HELP', line);
    family.help = value;
  } else if (keyword === 'TYPE') {
    demand(family.type === 'unknown', 'a second TYPE', line);
    demand(SUFFIXES[value] !== undefined, 'a type that we do not write', line);
    family.type = value;
  } else {
    demand(family.unit === null, 'a second UNIT', line);
    demand(family.name.endsWith(`_${value}`), 'the name must end in its unit', line);
    family.unit = value;
  }
}

function addSample(family: ParsedFamily, line: string): void {
  const match = /^([^{ ]+)(?:\{(.*)\})? (\S+)$/.exec(line);
  demand(match !== null, 'no sample', line);
  const [, name = '', labelText = '', number = ''] = match;
  const suffixes = (SUFFIXES[family.type] ?? []).map((suffix) => `${family.name}${suffix}`);
  demand(suffixes.includes(name), `no sample of the ${family.type} ${family.name}`, line);
  demand(NUMBER.test(number), 'no number', line);
  const labels = parseLabels(labelText, line);
  const key = occasionOf(name, labels);
  const keys = family.samples.map((one) => occasionOf(one.name, one.labels));
  demand(!keys.includes(key), 'the same sample twice', line);
  family.samples.push({ name, labels, value: Number(number) });
}

function occasionOf(name: string, labels: ParsedSample['labels']): string {
  const pairs = Object.entries(labels).map(([label, value]) => JSON.stringify([label, value]));
  return [name, ...pairs.toSorted((left, right) => left.localeCompare(right))].join(' ');
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const match = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?=.)|$)/.exec(rest);
    demand(match !== null, 'no labels', line);
    const [whole, name = '', value = ''] = match;
    demand(!(name in labels), 'the same label twice', line);
    labels[name] = value.replaceAll(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
    rest = rest.slice(whole.length);
  }
  return labels;
}

function checkFamily({ name, type, unit, samples }: ParsedFamily): void {
  demand(samples.length > 0, 'a family without samples', name);
  for (const unitName of ['seconds', 'bytes', 'usd', 'ratio']) {
    demand(!name.endsWith(`_${unitName}`) || unit === unitName, 'a unit that is not told', name);
  }
  for (const sample of samples) {
    const isCount = type === 'counter' || sample.name !== name;
    demand(!isCount || sample.value >= 0, 'a count below zero', name);
    const { quantile } = sample.labels;
    const isQuantile = type === 'summary' && sample.name === name;
    demand((quantile !== undefined) === isQuantile, 'a quantile out of place', name);
    demand(!isQuantile || (Number(quantile) >= 0 && Number(quantile) <= 1), 'a quantile', name);
  }
}

function demand(holds: boolean, offence: string, where: string): asserts holds {
  if (!holds) {
    throw new Error(`Not OpenMetrics: ${offence}: ${where}`);
  }
}
