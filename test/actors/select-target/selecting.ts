import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LoopWorld } from '../../../src/actors/loop-world.ts';
import { NeedMemory } from '../../../src/actors/select-target/need-memory.ts';
import { orderCandidates } from '../../../src/actors/select-target/order-candidates.ts';
import type { Ordering } from '../../../src/actors/select-target/ordering.ts';
import { selectionOf } from '../../../src/actors/select-target/select-target.ts';
import { sweepAttempt } from '../../../src/stores/attempt-processes.ts';
import type { TaskDefinition } from '../../../src/task/definition.ts';
import { InMemorySummaryStore } from '../../fakes/in-memory-summary-store.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { contextOf } from '../../task/context-of.ts';

/** A folder with these files; those that begin with `#!` can be executed. Gone after the test. */
export function scratch(files: Readonly<Record<string, string>> = {}): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'autoloop-select-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), text.startsWith('#!') ? 0o755 : 0o644);
  }
  return directory;
}

export interface Scene {
  readonly directory: string;
  readonly definition?: TaskDefinition;
  readonly targets?: object;
  readonly iteration?: number;
  readonly signal?: AbortSignal;
  readonly needs?: NeedMemory;
  readonly nowEpochMs?: number;
}

/** Has the candidates of a task in that folder ordered, which is its workspace, too. */
export async function order(scene: Scene): Promise<Ordering & { readonly selected: object }> {
  const { directory, definition = {}, targets = {}, iteration = 5 } = scene;
  const { signal = new AbortController().signal, needs = new NeedMemory() } = scene;
  const ordering = await orderCandidates(worldOf({ directory, definition, targets, scene }), {
    ...{ iteration, signal, needs },
  });
  const { target, skip } = selectionOf(ordering, 0);
  return { ...ordering, selected: skip ?? { target } };
}

function worldOf({
  directory,
  definition,
  targets,
  scene,
}: {
  directory: string;
  definition: TaskDefinition;
  targets: object;
  scene: Scene;
}): LoopWorld {
  const summaries = new InMemorySummaryStore();
  const rest = ['efficiency', 'durations', 'outcomes', 'cost', 'operational', 'state'];
  summaries.writeMetrics({
    ...Object.fromEntries(rest.map((key) => [key, {}])),
    ...{ total_iterations: 4, recent: [], targets },
  });
  const { settings } = contextOf({});
  const world: Partial<LoopWorld> = {
    ...{ loop: 'mine', runId: 'run-1', settings, root: directory, workspace: directory },
    task: { name: 'mine', directory, file: join(directory, 'task.ts'), shipped: false, definition },
    paths: {
      ...{ directory: '/data/mine', events: '', log: '', iterations: '' },
      ...{ summaryJson: '', summaryText: '' },
    },
    ...{ summaries, clock: new ManualClock(scene.nowEpochMs ?? Date.now()) },
    redact: (text) => text.replaceAll('hunter2', '[REDACTED]'),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    sweepAttempt,
    agent: { name: 'command' } as LoopWorld['agent'],
  };
  return world as LoopWorld;
}
