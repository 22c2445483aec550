import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createActor, fromCallback, fromPromise, type AnyActorLogic } from 'xstate';
import { DEFAULT_POLICY } from '../../../machines/loop/default-policy.ts';
import { loopMachine } from '../../../machines/loop.machine.ts';
import type { LoopStatus } from '../../../src/domain/loop-status.ts';
import type { RecordedEvent } from '../../../src/domain/event.ts';
import { createRedactor } from '../../../src/redaction/redactor.ts';
import { ControlServer } from '../../../src/runner/control-server.ts';
import { definitionHash } from '../../../src/runner/definition-hash.ts';
import { Inspection } from '../../../src/runner/inspection.ts';
import type { LoopActor } from '../../../src/runner/persistence.ts';
import { percentile } from '../figure.ts';

/**
 * A loop that works, with its ear and whoever inspects it, and without what it writes: that would hide what inspecting
 * costs. It takes as many events as its parent asks for, and tells what they cost.
 */
export interface Measured {
  /** Of the whole process. */
  readonly cpuMicrosPerEvent: number;
  /** From sending an event until the machine has taken it. */
  readonly sendMicros: { readonly mean: number; readonly p99: number };
  /** How late anything else of the process gets its turn. */
  readonly delayP99Ms: number;
  readonly rssMb: number;
}

export type Asked =
  | { readonly pace: { readonly perSecond: number; readonly seconds: number } }
  | { readonly flatOut: { readonly events: number; readonly isInspectable: boolean } };

const at = 1_000;
const actors: Readonly<Record<string, AnyActorLogic>> = {
  checkGates: fromPromise(async () => ({ open: true, at })),
  selectTarget: fromPromise(async () => ({ target: 'svc', candidates: [], skip: null, at })),
  composePrompt: fromPromise(async () => ({ skip: null, workspaceMark: null, at })),
  runAttempt: fromCallback(({ sendBack }) => {
    const facts = { pid: 42, agent: 'claude', how: 'launched', supervision: 'strict' };
    sendBack({ type: 'worker.started', at, ...facts });
  }),
  watchDisk: fromCallback(() => {}),
  watchWork: fromCallback(() => {}),
};

async function workingLoop(): Promise<LoopActor> {
  const machine = loopMachine.provide({ actors: actors as never });
  const actor = createActor(machine, {
    input: { runId: 'run', lastIteration: 7, policy: { ...DEFAULT_POLICY, agents: ['claude'] } },
  });
  actor.start();
  const facts = { agent: 'claude', account: null, settings: {} };
  actor.send({ type: 'loop.start', at, facts, workMark: 'work', untilEpochMs: null });
  while (!actor.getSnapshot().matches({ running: 'working' })) {
    await sleep(1);
  }
  return actor;
}

/** All that is there of it while nobody listens, as the runner has it. */
function inspectable(actor: LoopActor): { inspection: Inspection; control: ControlServer } {
  const redactor = createRedactor(
    Array.from({ length: 10 }, (_, index) => ({
      name: `FAKE_${index}`,
      value: `fake-value-${index}`,
    })),
  );
  const inspection = new Inspection(
    {
      ...{ actor, definitionHash: definitionHash(loopMachine), status: () => STATUS },
      now: () => Date.now(),
      redactValue: (value) => redactor.redactValue(value),
    },
    (error) => {
      throw error;
    },
  );
  const control = new ControlServer({
    ...{ status: () => STATUS, steer: () => {}, rotate: () => [], prune: () => [] },
    admit: (viewer) => inspection.add(viewer),
    dismiss: (viewer) => inspection.remove(viewer),
  });
  actor.subscribe(() => {
    control.tell({ kind: 'status', status: STATUS });
    inspection.touch();
  });
  actor.on('*', () => {
    control.tell({ kind: 'event', event: EVENT });
    inspection.observe(EVENT);
  });
  return { inspection, control };
}

function take(actor: LoopActor, count: number): void {
  const type = count % 2 === 0 ? 'loop.pause' : 'loop.resume';
  actor.send({ type, at, via: 'control' });
}

async function pace(
  actor: LoopActor,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Measured> {
  const events = perSecond * seconds;
  const micros: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  while (micros.length < events) {
    const due = Math.min(events, ((performance.now() - start) / 1000) * perSecond);
    while (micros.length < due) {
      const from = performance.now();
      take(actor, micros.length);
      micros.push((performance.now() - from) * 1000);
    }
    await sleep(1);
  }
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  return {
    cpuMicrosPerEvent: (user + system) / events,
    sendMicros: {
      mean: micros.reduce((sum, one) => sum + one, 0) / events,
      p99: percentile(micros, 0.99),
    },
    delayP99Ms: delay.percentile(99) / 1e6,
    rssMb: process.memoryUsage.rss() / 1024 / 1024,
  };
}

/** Events in a second of CPU, as fast as they are taken: of that the neighbours of this process take nothing away. */
function flatOut(actor: LoopActor, events: number): number {
  const before = process.cpuUsage();
  for (let count = 0; count < events; count += 1) {
    take(actor, count);
  }
  const { user, system } = process.cpuUsage(before);
  return events / ((user + system) / 1e6);
}

const EVENT: RecordedEvent = {
  ...{ timestamp: new Date(at).toISOString(), event: 'control', iteration: 8, task: 'prompt' },
  ...{ duration: null, exit_code: null, details: { command: 'pause' }, seq: 1, run_id: 'run' },
};

const STATUS: LoopStatus = {
  ...{ loop: 'prompt', task: 'prompt', state: 'running.working', running: true, stale: false },
  ...{ pid: process.pid, since: null, runId: 'run', iteration: 8, target: 'svc', wait: null },
  worker: {
    ...{ pid: 42, agent: 'claude', attempt: 1, since: EVENT.timestamp, lastOutputAt: null },
    supervision: 'strict',
  },
  ...{ validation: null, stopRequested: false, paused: false, ended: null, dataDir: '/tmp' },
  breaker: { state: 'closed', cause: null, diagnosis: null },
  caps: {
    ...{ maxIterations: null, maxFailures: 5, failuresInRow: 0, maxCostUsd: null, maxTokens: null },
    ...{ maxRuntimeSeconds: null, runtimeSeconds: 1, maxLimitWaitSeconds: null },
    ...{ limitWaitSeconds: 0, until: null },
  },
  totals: {
    ...{ iterations: 7, succeeded: 7, failed: 0, costUsd: null, costIsEstimated: false },
    tokens: null,
  },
};

const inspected = await workingLoop();
const bare = await workingLoop();
// As much as an actor has anyway: somebody who hears its changes and its events.
bare.subscribe(() => {});
bare.on('*', () => {});
await inspectable(inspected).control.listen(process.argv[2] ?? '');
process.on('message', (asked: Asked) => void answer(asked));
process.send?.('ready');

async function answer(asked: Asked): Promise<void> {
  process.send?.(
    'pace' in asked
      ? await pace(inspected, asked.pace)
      : flatOut(asked.flatOut.isInspectable ? inspected : bare, asked.flatOut.events),
  );
}
