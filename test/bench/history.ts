import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldEvent } from '../../src/domain/metrics/fold-event.ts';
import { withFigures } from '../../src/domain/metrics/with-figures.ts';
import type { RecordedEvent } from '../../src/domain/event.ts';
import type { Summary } from '../../src/domain/summary/summary.ts';
import { MetricsKeeper } from '../../src/runner/metrics-keeper.ts';
import { FileSummaryStore } from '../../src/stores/summary-file.ts';
import { AUTOLOOP, NODE } from './bench-project.ts';
import { figure, percentile, type Figure } from './figure.ts';
import { historyEvents } from './history-events.ts';
import { writeHistory } from './write-history.ts';

const EVENTS = 1_000_000;
const SHORT = 1_000;
const TIMES = 5;
const UPDATES = 100;
const VIEWS = ['recent', 'durations', 'errors', 'error-breakdown', 'hourly', 'daily'];

/** What is asked about a loop of 1,000,000 events, and what one more iteration costs it. */
export async function benchHistory(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'autoloop-history-'));
  try {
    const long = loopOf(directory, 'long', EVENTS);
    const short = loopOf(directory, 'short', SHORT);
    const empty = loopOf(directory, 'empty', 1);
    const bare = {
      name: 'bare node start',
      value: median(() => time(NODE, ['-e', '0'], directory)),
    };
    const ask = (loop: Loop, ...args: string[]): number =>
      median(() => time(AUTOLOOP, [...args, '--name', loop.name], directory));
    const ms = (name: string, value: number): Figure =>
      figure(name, { value, unit: 'ms', baseline: bare });
    return [
      ...VIEWS.map((view) => ms(`json ${view}, 1e6 events (≤ 1000 ms)`, ask(long, 'json', view))),
      ms('json daily --last 4000, 1e6 events', ask(long, 'json', 'daily', '--last', '4000')),
      figure('json summary, 1e6 events (≤ 2 ×)', {
        value: ask(long, 'json', 'summary'),
        unit: 'ms',
        baseline: { name: 'of one event', value: ask(empty, 'json', 'summary') },
      }),
      updateFigure(long, short),
      ms(
        'report, 1e6 events, 128,000 iterations (≤ 3000 ms)',
        ask(long, 'report', '-o', 'out.html'),
      ),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Loop {
  readonly name: string;
  readonly directory: string;
  /** What happens next in it. */
  readonly next: Generator<RecordedEvent>;
}

/** With the summary that its runner would have kept. */
function loopOf(root: string, name: string, events: number): Loop {
  const directory = join(root, 'data', name);
  mkdirSync(directory, { recursive: true });
  writeHistory(directory, events);
  const next = historyEvents('history');
  let summary: Summary | null = null;
  for (let count = 0; count < events; count += 1) {
    summary = foldEvent(summary, next.next().value);
  }
  const loop = { name, directory, next };
  if (summary) {
    summariesOf(loop).writeMetrics(withFigures(summary));
  }
  return loop;
}

function summariesOf({ directory }: Loop): FileSummaryStore {
  return new FileSummaryStore({
    jsonPath: join(directory, 'summary.json'),
    textPath: join(directory, 'summary.txt'),
    redactor: { redactValue: (value) => value },
  });
}

/** In turn, so that both meet the same machine. */
function updateFigure(long: Loop, short: Loop): Figure {
  const [afterLong, afterShort] = [keeperOf(long), keeperOf(short)];
  const took: [number[], number[]] = [[], []];
  for (let iteration = 0; iteration < UPDATES; iteration += 1) {
    took[0].push(timeOfIteration(afterLong, long));
    took[1].push(timeOfIteration(afterShort, short));
  }
  return figure('summary update per iteration, 1e6 events (≤ 1.2 ×)', {
    value: percentile(took[0], 0.5),
    unit: 'ms',
    baseline: { name: 'after 1e3 events', value: percentile(took[1], 0.5) },
  });
}

function keeperOf(loop: Loop): MetricsKeeper {
  const events = join(loop.directory, 'events.ndjson');
  return new MetricsKeeper({ summaries: summariesOf(loop), events, recordAfter: () => {} });
}

/** Of all its events together: they are folded, and the summary is written once. */
function timeOfIteration(keeper: MetricsKeeper, { next }: Loop): number {
  let took = 0;
  for (let isOver = false; !isOver;) {
    const event: RecordedEvent = next.next().value;
    const before = performance.now();
    keeper.observe(event);
    took += performance.now() - before;
    isOver = event.event === 'iteration_end';
  }
  return took;
}

function time(program: string, args: readonly string[], cwd: string): number {
  const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: cwd };
  const before = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, env: environment });
  if (status !== 0) {
    throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  }
  return performance.now() - before;
}

/** The first one warms the compile cache. */
function median(measure: () => number): number {
  measure();
  return percentile(Array.from({ length: TIMES }, measure), 0.5);
}
