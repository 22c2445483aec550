import { setImmediate as turn } from 'node:timers/promises';
import type { HistoryStep, LoopHistory } from '../../inspect/loop-history.ts';
import type { Replayed } from '../../runner/replay/replay-journal.ts';
import { replayRun } from '../../runner/replay/replay-run.ts';
import type { DataPaths } from '../../stores/data-paths.ts';
import { isRecord } from '../../stores/shape.ts';

/** The last ones; all of them are in `autoloop replay`. */
const MOST_STEPS = 1_000;
/** So many, and whoever else waits is served. */
const AT_ONCE = 20;

type Context = Readonly<Record<string, unknown>>;

/** Plays the last run of a loop again; null: none has a journal. Throws AutoloopError 155, 156. */
export async function loopHistory(
  paths: DataPaths,
  redactValue: <Value>(value: Value) => Value,
): Promise<LoopHistory | null> {
  const replay = replayRun(paths, { runId: null, until: null, redactValue });
  if (replay === null) {
    return null;
  }
  const told = new LastSteps();
  let passed = 0;
  let isSame = true;
  for (const replayed of replay.passed) {
    told.add(replayed);
    isSame = replayed.isSame;
    passed += 1;
    if (passed % AT_ONCE === 0) {
      await turn();
    }
  }
  return {
    ...{ runId: replay.runId, ...told.all() },
    trouble: isSame
      ? null
      : 'The last of these steps leads elsewhere than the journal says. See: autoloop replay',
  };
}

/** With what each of them changed. */
class LastSteps {
  #before: Context = {};
  #first: Context = {};
  readonly #steps: HistoryStep[] = [];
  #left = 0;

  add(replayed: Replayed): void {
    const context = contextIn(replayed.body);
    if (replayed.kind === 'step') {
      const { n, at, event, state, taken } = replayed;
      this.#steps.push({ n, at, event, state, taken, changed: changes(this.#before, context) });
    }
    if (this.#steps.length === 0) {
      this.#first = context;
    }
    this.#before = context;
    this.#drop();
  }

  all(): Pick<LoopHistory, 'left' | 'context' | 'steps'> {
    return { left: this.#left, context: this.#first, steps: this.#steps };
  }

  #drop(): void {
    if (this.#steps.length > MOST_STEPS) {
      this.#first = { ...this.#first, ...this.#steps.shift()?.changed };
      this.#left += 1;
    }
  }
}

function contextIn(body: string): Context {
  const snapshot: unknown = JSON.parse(body);
  const context = isRecord(snapshot) ? snapshot['context'] : null;
  return isRecord(context) ? context : {};
}

function changes(before: Context, after: Context): Context {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}
