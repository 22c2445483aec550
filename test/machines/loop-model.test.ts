import type { AnyTransitionDefinition } from 'xstate';
import { describe, expect, it } from 'vitest';
import {
  boundedPolicy,
  definedTransitions,
  explore,
  input,
  policy,
  restored,
  serializeState,
  type Exploration,
  type LoopSnapshot,
  type ModelEvent,
} from './loop-model.ts';
import { PlayedLoop } from './played-loop.ts';

const variants = [
  { name: 'without checkpoints', policy },
  {
    name: 'with checkpoints',
    policy: { ...policy, checkpoints: true, maxRetries: 0, maxFailures: 0 },
  },
  { name: 'with caps, a breaker and two agents', policy: boundedPolicy },
];
const explored = variants.map((variant) => ({ ...variant, ...explore(variant.policy) }));
const ADOPTED = {
  type: 'worker.started',
  at: 1,
  pid: 42,
  agent: 'command',
  how: 'adopted',
  supervision: 'base',
} as const;
const taken = new Set<AnyTransitionDefinition>();

describe.each(explored)('the loop machine $name', ({ policy: base, map, shortest }) => {
  it('comes to every state of its graph when the real actor is played', async () => {
    const reached = new Set<string>();
    // The longest ways first: most states lie on the way to another.
    for (const [to, way] of [...shortest].toReversed()) {
      if (!reached.has(to)) {
        const loop = new PlayedLoop({ ...input, policy: base });
        for (const step of way) {
          await loop.play(step);
          reached.add(serializeState(loop.actor.getSnapshot()));
        }
        expect(serializeState(loop.actor.getSnapshot())).toBe(to);
      }
    }
  }, 120_000);

  it('takes every edge of its graph from the state as it would lie on disk', async () => {
    let edges = 0;
    for (const [from, vertex] of Object.entries(map)) {
      for (const edge of vertex.edges) {
        const loop = new PlayedLoop({ ...input, policy: base }, vertex.state);
        await loop.play(edge.event);
        const reached = serializeState(loop.actor.getSnapshot());
        if (reached !== serializeState(edge.state)) {
          expect(`${from} --${edge.event.type}--> ${reached}`).toBe(serializeState(edge.state));
        }
        loop.taken.forEach((transition) => taken.add(transition));
        edges += 1;
      }
    }
    expect(edges).toBeGreaterThan(1_000);
  }, 240_000);

  it('finds its place again from the context alone, where the definition has changed', async () => {
    for (const [from, vertex] of Object.entries(map)) {
      if (vertex.state.status === 'active' && !vertex.state.matches('idle')) {
        const carried = JSON.parse(JSON.stringify(vertex.state.context));
        const loop = new PlayedLoop({ ...input, policy: base, carried });
        await loop.play(restored(base));
        const after = loop.actor.getSnapshot();
        expect(after.matches(placeFor(vertex.state)), `${from} ${loop.state}`).toBe(true);
        expect(after.context.open?.attempt, from).toBe(vertex.state.context.open?.attempt);
        if (after.matches('running')) {
          await loop.play(ADOPTED);
          const wasRecorded = vertex.state.context.open?.workerStarted === true;
          expect(loop.recorded.at(-1)?.type).toBe(wasRecorded ? 'worker_adopt' : 'worker_start');
        }
        loop.taken.forEach((transition) => taken.add(transition));
      }
    }
  }, 60_000);

  it('has a way to the end or to a wait from every state, without an operator', () => {
    const stuck = statesThatCannotReach(map, (vertex) => isAtRest(vertex.state), isOperators);
    expect(stuck).toEqual([]);
  });

  it('can be stopped from every state, and then ends', () => {
    for (const [from, vertex] of Object.entries(map)) {
      if (vertex.state.status === 'active') {
        const stop = { type: 'loop.stop', at: 1, via: 'control', now: false } as const;
        expect(vertex.state.can(stop), from).toBe(true);
      }
    }
    const stuck = statesThatCannotReach(
      map,
      (vertex) => vertex.state.status === 'done',
      () => false,
    );
    expect(stuck).toEqual([]);
  });

  it('begins nothing and waits for nothing once its disk is low', () => {
    for (const [from, vertex] of Object.entries(map)) {
      for (const edge of vertex.edges) {
        const knew = vertex.state.context.lowDisk !== null;
        if (knew && edge.state.context.lowDisk !== null) {
          const begins = ['prompting', 'waiting'].some(
            (state) => edge.state.matches(state as never) && !vertex.state.matches(state as never),
          );
          expect(begins, `${from} --${edge.event.type}-->`).toBe(false);
          expect(edge.state.matches({ selecting: 'choosing' }), from).toBe(false);
        }
      }
    }
  });

  it('hears of a low disk wherever it is, and then ends without an operator', () => {
    for (const [from, vertex] of Object.entries(map)) {
      if (vertex.state.status === 'active') {
        expect(
          vertex.state.can({ type: 'disk.low', at: 1, message: 'full', fix: null }),
          from,
        ).toBe(true);
      }
    }
    const low = Object.entries(map).filter(([, { state }]) => state.context.lowDisk !== null);
    const stuck = statesThatCannotReach(
      Object.fromEntries(low),
      (vertex) => vertex.state.status === 'done',
      isOperators,
    );
    expect(low.length).toBeGreaterThan(10);
    expect(stuck).toEqual([]);
  });

  it('never runs a worker without having passed the gates and composed a prompt', () => {
    for (const [from, vertex] of Object.entries(map)) {
      for (const edge of vertex.edges) {
        const enters = edge.state.matches('running') && !vertex.state.matches('running');
        if (enters && !isRebuilt(vertex.state)) {
          expect(vertex.state.matches('prompting'), from).toBe(true);
        }
        if (edge.state.matches('prompting') && !vertex.state.matches('prompting')) {
          expect(vertex.state.matches('selecting'), from).toBe(true);
        }
        if (edge.state.matches({ selecting: 'choosing' })) {
          const before = vertex.state.value;
          expect([{ selecting: 'gating' }, { selecting: 'choosing' }], from).toContainEqual(before);
        }
      }
    }
  });
});

it('leaves no transition of the definition untried', () => {
  const missing = [...definedTransitions()].filter(([transition]) => !isTaken(transition));
  expect(missing.map(([, name]) => name)).toEqual([]);
});

/** `.provide()` makes new nodes, so transitions are told apart by where they stand in the definition. */
function isTaken(wanted: AnyTransitionDefinition): boolean {
  const key = place(wanted);
  return [...taken].some((transition) => place(transition) === key);
}

function place(transition: AnyTransitionDefinition): string {
  const { source, eventType } = transition;
  const always = source.always ?? [];
  const siblings = eventType === '' ? always : (source.transitions.get(eventType) ?? []);
  return `${source.id}|${eventType}|${siblings.indexOf(transition)}`;
}

type Graph = Exploration['map'];

function isAtRest(state: LoopSnapshot): boolean {
  return state.status === 'done' || state.hasTag('resting');
}

function isOperators(event: ModelEvent): boolean {
  return event.type.startsWith('loop.') && event.type !== 'loop.start';
}

/** `idle` with a carried context stands for a snapshot of another definition. */
function isRebuilt(state: LoopSnapshot): boolean {
  return state.matches('idle');
}

function statesThatCannotReach(
  map: Graph,
  isGoal: (vertex: Graph[string]) => boolean,
  isForbidden: (event: ModelEvent) => boolean,
): string[] {
  const reaching = new Set(Object.keys(map).filter((key) => isGoal(vertexOf(map, key))));
  for (let grew = true; grew;) {
    grew = false;
    for (const [key, vertex] of Object.entries(map)) {
      const edges = vertex.edges.filter((edge) => !isForbidden(edge.event));
      if (!reaching.has(key) && edges.some((edge) => reaching.has(serializeState(edge.state)))) {
        reaching.add(key);
        grew = true;
      }
    }
  }
  return Object.keys(map).filter((key) => !reaching.has(key));
}

function vertexOf(map: Graph, key: string): Graph[string] {
  const vertex = map[key];
  if (!vertex) {
    throw new Error(`There is no vertex ${key}.`);
  }
  return vertex;
}

/** Where a rebuilt cursor stands: at the attempt in flight, in the wait, at the summary, or before the next iteration. */
function placeFor(
  state: LoopSnapshot,
): 'running' | 'waiting' | 'summarizing' | 'selecting' | 'stopping' {
  const { open, wait, ending } = state.context;
  if (ending) {
    return 'stopping';
  }
  if (open && open.attempt > 0 && open.end === null && open.outcome === null) {
    return 'running';
  }
  if (wait) {
    return 'waiting';
  }
  return open && open.outcome !== null ? 'summarizing' : 'selecting';
}
