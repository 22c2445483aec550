import type { SnapshotFrom } from 'xstate';
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import type { AttemptLimits } from '../../machines/attempt/context.ts';
import type { AttemptEvent } from '../../machines/attempt/events.ts';

export type AttemptSnapshot = SnapshotFrom<typeof attemptMachine>;

/** The end of a child, as the graph sees it. */
export interface ChildEvent {
  readonly type: `xstate.done.actor.${string}` | `xstate.error.actor.${string}`;
  readonly actorId: string;
  readonly output?: unknown;
  readonly error?: unknown;
}

export type ModelEvent = AttemptEvent | ChildEvent;

export const limits: AttemptLimits = {
  deadlineEpochMs: 1_800_000,
  idleTimeoutMs: 600_000,
  lingerMs: 60_000,
  graceMs: 30_000,
  budgetGraceMs: 3_000,
  killMs: 10_000,
  settleMs: 500,
  drainMs: 1_500,
};

export const exited: AttemptEvent = { type: 'agent.exited', exit: { exitCode: 0, signal: null } };

const modelEvents: readonly ModelEvent[] = [
  { type: 'agent.started' },
  {
    type: 'agent.unavailable',
    failure: { outcome: 'worker_unavailable', reason: 'no such program' },
  },
  { type: 'agent.finalResult' },
  { type: 'agent.resumed' },
  exited,
  { type: 'stop.requested' },
  { type: 'deadline.total' },
  { type: 'deadline.idle' },
  { type: 'deadline.linger' },
  { type: 'deadline.grace' },
  { type: 'deadline.exit' },
  { type: 'deadline.settle' },
  { type: 'deadline.drain' },
  { type: 'limit.exceeded', excess: { kind: 'memory', value: 2, limit: 1 } },
  { type: 'limit.exceeded', excess: { kind: 'cpu', value: 2, limit: 1 } },
  { type: 'limit.exceeded', excess: { kind: 'cost', value: 2, limit: 1 } },
  { type: 'fault.raised', reason: 'a bug' },
  failed('runAgent'),
  failed('terminateTree'),
  failed('killTree'),
  { type: 'xstate.done.actor.settleTree', actorId: 'settleTree', output: undefined },
  failed('settleTree'),
  { type: 'xstate.done.actor.sweepTree', actorId: 'sweepTree', output: [] },
  failed('sweepTree'),
  { type: 'xstate.done.actor.drainOutput', actorId: 'drainOutput', output: undefined },
  failed('drainOutput'),
];

/** All that tells two states apart. */
export function serializeState({ value, status, context }: AttemptSnapshot): string {
  const { terminationReason, stopRequested, exit, startFailure, fault, excess } = context;
  const known = [exit, startFailure, fault, excess].map((fact) => fact !== null);
  return JSON.stringify([value, status, terminationReason, stopRequested, ...known]);
}

export interface Vertex {
  readonly state: AttemptSnapshot;
  readonly transitions: Readonly<Record<string, { event: ModelEvent; state: AttemptSnapshot }>>;
}

interface Path {
  readonly state: AttemptSnapshot;
  readonly steps: readonly { readonly event: ModelEvent }[];
}

/** Every state that can be reached, its edges, and the shortest way there. */
export function explore() {
  const options = {
    input: limits,
    events: modelEvents,
    serializeState,
    filterEvents: (snapshot: AttemptSnapshot, event: ModelEvent) =>
      snapshot.status === 'active' && snapshot.can(event as AttemptEvent),
  };
  const map = getAdjacencyMap(attemptMachine, options as never) as Record<string, Vertex>;
  const paths = getShortestPaths(attemptMachine, options as never) as unknown as Path[];
  const ways = new Map(paths.map(({ state, steps }) => [serializeState(state), eventsOf(steps)]));
  return { map, ways };
}

/** The first step of a path is XState's own start. */
function eventsOf(steps: Path['steps']): ModelEvent[] {
  return steps
    .map(({ event }) => event)
    .filter(({ type }: { type: string }) => type !== 'xstate.init');
}

function failed(actorId: string): ChildEvent {
  return { type: `xstate.error.actor.${actorId}`, actorId, error: new Error('broken') };
}
