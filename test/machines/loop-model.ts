import {
  createEmptyActor,
  initialTransition,
  type AnyActorScope,
  type AnyStateNode,
  type AnyTransitionDefinition,
  type SnapshotFrom,
} from 'xstate';
import { loopMachine } from '../../machines/loop.machine.ts';
import type { AttemptEnd } from '../../src/domain/open-iteration.ts';
import { spentBy } from '../../machines/loop/caps.ts';
import { DEFAULT_POLICY } from '../../machines/loop/default-policy.ts';
import type { LoopContext, LoopPolicy } from '../../machines/loop/context.ts';
import type { LoopEvent, LoopEventOf } from '../../machines/loop/events.ts';
import { outcomeRule, type Outcome } from '../../src/domain/outcome.ts';

export type LoopSnapshot = SnapshotFrom<typeof loopMachine>;
/** An event of the model: from outside, or the end of a child. */
export type ModelEvent = LoopEvent | ChildEvent;
export interface ChildEvent {
  readonly type: `xstate.done.actor.${string}` | `xstate.error.actor.${string}`;
  readonly actorId: string;
  readonly output?: unknown;
  readonly error?: unknown;
}

const at = 1_000;

export const policy: LoopPolicy = {
  ...DEFAULT_POLICY,
  completeAfter: 2,
  agents: ['command'],
  intervalMs: 60_000,
  maxIterations: 2,
  maxFailures: 2,
  maxRetries: 1,
  waitsForLimits: true,
  launches: true,
  checkpoints: false,
};

export const input = { runId: 'run', lastIteration: 7, policy };

/** Whose run costs, repeats itself, and is held by limits. */
export const boundedPolicy: LoopPolicy = {
  ...policy,
  ...{ maxIterations: 0, maxFailures: 0, maxRetries: 0, completeAfter: 1 },
  ...{ maxCostUsd: 1, maxLimitWaitMs: 1, agents: ['claude', 'codex'] },
  breaker: { ...DEFAULT_POLICY.breaker, failures: 1, cooldownMs: 1_000 },
};

/** What all of them meet is in the other variants: here only what its caps, its breaker and its agents make of it. */
function boundedEvents(base: LoopPolicy): ModelEvent[] {
  const judged = {
    outcome: 'succeeded',
    validation: null,
    gates: [],
    changes: null,
    report: 'complete',
    at,
  };
  return [
    { type: 'loop.start', at, facts: NO_FACTS, workMark: 'work', untilEpochMs: null },
    { type: 'loop.stop', at, via: 'control', now: false },
    { type: 'loop.skipWait', at, via: 'control' },
    { type: 'cap.reached', at },
    { type: 'loop.left', at, how: 'hangup' },
    { type: 'work.changed', at, workMark: 'other' },
    { ...restored(base), workMark: 'other' },
    restored({ ...base, maxCostUsd: 0.4 }),
    restored({ ...base, agents: [...base.agents, 'pi'] }),
    done('checkGates', { open: true, at }),
    done('selectTarget', { target: 'svc', candidates: [], skip: null, at }),
    done('composePrompt', { skip: null, workspaceMark: null, at }),
    ended('succeeded'),
    ended('failed'),
    ended('usage_limited', { costUsd: null }),
    ended('usage_limited', { costUsd: null, limitResetEpochMs: 999_999 }),
    { type: 'disk.low', at, message: 'full', fix: null },
    done('validateWork', { ...judged, completion: 'none' }),
    done('validateWork', { ...judged, outcome: 'failed', completion: 'none' }),
    done('validateWork', { ...judged, completion: 'declared' }),
    done('validateWork', { ...judged, completion: 'declared_in_part' }),
    done('digestIteration', { at }),
    { type: 'timer.fired', at },
    done('drainWorkers', { at }),
    done('cleanUp', { at }),
  ];
}

const NO_FACTS = { agent: 'command', account: null, settings: {} };

function modelEvents(base: LoopPolicy): ModelEvent[] {
  return [
    {
      type: 'loop.start',
      at,
      facts: { agent: 'command', account: null, settings: {} },
      workMark: 'work',
      untilEpochMs: null,
    },
    { type: 'loop.stop', at, via: 'SIGINT', now: false },
    { type: 'loop.stop', at, via: 'control', now: true },
    { type: 'loop.pause', at, via: 'control' },
    { type: 'loop.resume', at, via: 'control' },
    { type: 'loop.skipWait', at, via: 'control' },
    restored(base),
    restored({ ...base, launches: false }),
    restored({ ...base, maxIterations: 1 }),
    done('checkGates', { open: true, at }),
    done('checkGates', {
      open: false,
      at,
      gate: { kind: 'tcp', value: 9, limit: 5 },
      retryAtEpochMs: at + 1,
    }),
    done('checkGates', { open: false, at, shortage: { message: 'full', fix: null } }),
    failed('checkGates'),
    done('selectTarget', { target: 'svc', candidates: [], skip: null, at }),
    done('selectTarget', {
      target: null,
      candidates: [],
      skip: { outcome: 'selection_failed', reason: 'none' },
      at,
    }),
    failed('selectTarget'),
    done('composePrompt', { skip: null, workspaceMark: null, at }),
    done('composePrompt', {
      skip: { outcome: 'failed', reason: 'no prompt' },
      workspaceMark: null,
      at,
    }),
    failed('composePrompt'),
    { type: 'worker.started', at, pid: 42, agent: 'command', how: 'launched', supervision: 'base' },
    { type: 'worker.started', at, pid: 42, agent: 'command', how: 'adopted', supervision: 'base' },
    {
      type: 'worker.started',
      at,
      pid: 42,
      agent: 'command',
      how: 'collected',
      supervision: 'base',
    },
    ended('succeeded'),
    ended('failed'),
    ended('network_failed'),
    ended('usage_limited'),
    ended('auth_failed'),
    ended('killed'),
    failed('runAttempt'),
    done('validateWork', {
      outcome: 'succeeded',
      validation: null,
      gates: [],
      changes: null,
      report: null,
      completion: 'none',
      at,
    }),
    done('validateWork', {
      outcome: 'validation_failed',
      validation: false,
      gates: [
        {
          gate: 'tests',
          passed: false,
          reason: 'exit code 1',
          tests: null,
          retried: false,
          seconds: 2,
        },
      ],
      changes: null,
      report: 'failed',
      completion: 'none',
      at,
    }),
    done('validateWork', {
      outcome: 'auth_failed',
      validation: null,
      gates: [],
      changes: null,
      report: null,
      completion: 'none',
      at,
    }),
    failed('validateWork'),
    done('checkpointWork', { commit: 'c0ffee', takenBackTo: null, warning: null, at }),
    done('checkpointWork', {
      commit: null,
      takenBackTo: 'refs/autoloop/discarded/8',
      warning: 'w',
      at,
    }),
    failed('checkpointWork'),
    done('digestIteration', { at }),
    failed('digestIteration'),
    { type: 'timer.fired', at },
    { type: 'disk.low', at, message: 'full', fix: null },
    done('drainWorkers', { at }),
    failed('drainWorkers'),
    done('cleanUp', { at }),
    failed('cleanUp'),
  ];
}

/** Everything guards look at; moments and growing numbers left out, so that the space is finite. */
export function serializeState(snapshot: LoopSnapshot): string {
  const { context } = snapshot;
  const { open } = context;
  return JSON.stringify([
    snapshot.value,
    snapshot.status,
    context.stop,
    context.paused,
    context.lowDisk,
    context.wait?.kind ?? null,
    context.closedGate !== null,
    context.skipsGates,
    context.policy.launches,
    context.policy.maxIterations,
    context.policy.maxIterations && context.totals.iterations,
    context.policy.agents.length > 1 && boundsOf(context),
    Math.min(context.failuresInRow, context.policy.maxFailures),
    open && [
      open.attempt > 0,
      context.policy.agents.length > 1 && [open.agent, open.completion],
      Math.min(open.retries, context.policy.maxRetries),
      open.workerStarted,
      kindOf(open.outcome),
      kindOf(open.end?.outcome),
    ],
  ]);
}

function boundsOf(context: LoopContext) {
  const { policy: bounds, breaker, reachedCap, workMark, agentLimits } = context;
  const isComplete = [context.isComplete, context.leavesOut];
  return [
    [bounds.maxCostUsd, spentBy(context).costUsd],
    ...[breaker.state, reachedCap, workMark, isComplete],
    bounds.agents.map((agent) => (agentLimits[agent]?.untilEpochMs ?? 0) > at),
    // What ends a run whose iteration was limited.
    context.lastOutcome === 'usage_limited',
  ];
}

/** Outcomes that guards cannot tell apart. */
function kindOf(outcome: Outcome | null | undefined): string | null {
  const rule = outcome && outcomeRule(outcome);
  return rule ? `${rule.class === 'agent' ? 'failure' : ''}${rule.recovery}` : null;
}

/**
 * Every state that can be reached, its edges, and the shortest way there. As `getAdjacencyMap` and `getShortestPaths` of
 * xstate would tell, in one walk, and a third of their time.
 */
export function explore(base: LoopPolicy): Exploration {
  const events = base.agents.length > 1 ? boundedEvents(base) : modelEvents(base);
  const [state] = initialTransition(loopMachine, { ...input, policy: base });
  const map: Record<string, Vertex> = {};
  const shortest = new Map<string, readonly ModelEvent[]>([[serializeState(state), []]]);
  const found = [{ key: serializeState(state), state, way: [] as readonly ModelEvent[] }];
  for (const from of found) {
    const edges = edgesOf(from.state, events);
    map[from.key] = { state: from.state, edges };
    for (const { event, state: next } of edges) {
      const key = serializeState(next);
      if (!shortest.has(key)) {
        const way = [...from.way, event];
        shortest.set(key, way);
        found.push({ key, state: next, way });
      }
    }
  }
  return { map, shortest };
}

function edgesOf(state: LoopSnapshot, events: readonly ModelEvent[]): readonly Edge[] {
  const possible =
    state.status === 'active' ? events.filter((event) => state.can(event as LoopEvent)) : [];
  return possible.map((event) => {
    return { event, state: loopMachine.transition(state, event as LoopEvent, nowhere) };
  });
}

const nobody = createEmptyActor();
const nothing = (): void => {};
/** Where no actor is started and no action is done; `transition` of xstate makes a whole actor for each step. */
const nowhere = {
  ...{ self: nobody, system: nobody.system, id: '', sessionId: '', logger: nothing },
  ...{ defer: nothing, stopChild: nothing, emit: nothing, actionExecutor: nothing },
} as unknown as AnyActorScope;

export interface Exploration {
  readonly map: Readonly<Record<string, Vertex>>;
  readonly shortest: ReadonlyMap<string, readonly ModelEvent[]>;
}

export interface Vertex {
  readonly state: LoopSnapshot;
  readonly edges: readonly Edge[];
}

export interface Edge {
  readonly event: ModelEvent;
  readonly state: LoopSnapshot;
}

/** Every transition of the definition, with a name to tell it by. */
export function definedTransitions(): Map<AnyTransitionDefinition, string> {
  const found = new Map<AnyTransitionDefinition, string>();
  const visit = (node: AnyStateNode): void => {
    const always = node.always ?? [];
    for (const transition of [...[...node.transitions.values()].flat(), ...always]) {
      const targets = transition.target?.map((target) => target.id).join() ?? '(stays)';
      found.set(transition, `${node.id} --${transition.eventType || 'always'}--> ${targets}`);
    }
    Object.values(node.states).forEach(visit);
  };
  visit(loopMachine.root);
  return found;
}

export function restored(next: LoopPolicy): LoopEventOf<'loop.restored'> {
  const facts = { at, policy: next, from: 'running.working', livedMs: 0, workMark: 'work' };
  return { type: 'loop.restored', ...facts, untilEpochMs: null, reason: 'crashed' };
}

export function ended(outcome: Outcome, facts: Partial<AttemptEnd> = {}): LoopEvent {
  const end = {
    outcome,
    exitCode: 0,
    signal: null,
    costUsd: 0.5,
    costIsEstimated: false,
    session: null,
    tokens: null,
    turns: 1,
    model: null,
    limitResetEpochMs: null,
    reason: outcome,
    swept: [],
    usage: { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null },
    outputBytes: 1,
    durationMs: 5,
    ...facts,
  };
  return { type: 'worker.ended', at, end, jitter: 0.5 };
}

export function done(actorId: string, output: unknown): ChildEvent {
  return { type: `xstate.done.actor.${actorId}`, actorId, output };
}

export function failed(actorId: string): ChildEvent {
  return { type: `xstate.error.actor.${actorId}`, actorId, error: new Error(`${actorId} broke`) };
}
