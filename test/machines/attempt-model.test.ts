import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { expect, it } from 'vitest';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import { exited, explore, serializeState, type Vertex } from './attempt-model.ts';
import { PlayedAttempt } from './played-attempt.ts';

const { map, ways } = explore();
const taken = new Set<AnyTransitionDefinition>();

it('takes every edge of its graph, played from the beginning on the real actor', async () => {
  for (const [from, vertex] of Object.entries(map)) {
    for (const { event, state } of Object.values(vertex.transitions)) {
      const attempt = new PlayedAttempt();
      await attempt.play(...(ways.get(from) ?? []));
      expect(serializeState(attempt.actor.getSnapshot())).toBe(from);
      await attempt.play(event);
      expect(serializeState(attempt.actor.getSnapshot()), `after ${event.type} from ${from}`).toBe(
        serializeState(state),
      );
      attempt.taken.forEach((transition) => taken.add(transition));
    }
  }
}, 60_000);

it('leaves no transition of the definition untried', () => {
  const tried = new Set([...taken].map(place));
  const untried = definedTransitions().filter((transition) => !tried.has(place(transition)));
  expect(untried.map(place)).toEqual([]);
});

it('comes to its end from every state, whatever the agent does, by its deadlines alone', () => {
  const stuck = cannotEnd(({ event }) => event.type.startsWith('agent.') || isOperators(event));
  expect(stuck.map((key) => map[key]?.state.value)).toEqual([]);
});

it('accepts the exit of the agent in every state', () => {
  for (const [key, { state }] of living()) {
    expect(state.can(exited), key).toBe(true);
  }
});

it('never ends without having swept, unless no agent came up', () => {
  for (const [key, { state }] of Object.entries(map)) {
    if (state.status === 'active' && !state.matches('sweeping')) {
      const ends = Object.values(map[key]?.transitions ?? {}).filter((edge) =>
        edge.state.matches('ended'),
      );
      expect(
        ends.map((edge) => edge.event.type),
        key,
      ).toEqual(['agent.unavailable']);
    }
  }
});

it('never changes its mind about why it ended the agent', () => {
  for (const [key, { state, transitions }] of living()) {
    const { terminationReason, fault } = state.context;
    for (const edge of Object.values(transitions)) {
      const next = edge.state.context;
      expect(terminationReason ?? next.terminationReason, key).toBe(next.terminationReason);
      expect(fault ?? next.fault, key).toBe(next.fault);
    }
  }
});

it('blames nobody for an agent that exited by itself', () => {
  const quiet = living().filter(
    ([, { state }]) => state.context.exit && !state.context.terminationReason,
  );
  expect(quiet.length).toBeGreaterThan(0);
  for (const [key, { transitions }] of quiet) {
    for (const { event, state } of Object.values(transitions)) {
      const isOurs = event.type === 'xstate.error.actor.runAgent';
      expect(state.context.terminationReason, key).toBe(isOurs ? 'fault' : null);
    }
  }
});

it('describes every state and every transition in one sentence', () => {
  const sentence = /^[A-Z].*\.$/;
  for (const node of nodes(attemptMachine.root)) {
    expect(node.description, node.id).toMatch(sentence);
  }
  for (const transition of definedTransitions()) {
    expect(transition.description, place(transition)).toMatch(sentence);
  }
});

function living(): [string, Vertex][] {
  return Object.entries(map).filter(([, { state }]) => state.status === 'active');
}

function isOperators({ type }: { type: string }): boolean {
  return type === 'stop.requested' || type === 'fault.raised' || type.startsWith('xstate.error');
}

/** States without a way to `ended` over the edges that are not forbidden. */
function cannotEnd(isForbidden: (edge: { event: { type: string } }) => boolean): string[] {
  const ending = new Set(keysWhere(({ state }) => state.status === 'done'));
  for (let grew = true; grew;) {
    const more = keysWhere(({ transitions }) =>
      Object.values(transitions).some(
        (edge) => !isForbidden(edge) && ending.has(serializeState(edge.state)),
      ),
    ).filter((key) => !ending.has(key));
    more.forEach((key) => ending.add(key));
    grew = more.length > 0;
  }
  return Object.keys(map).filter((key) => !ending.has(key));
}

function keysWhere(holds: (vertex: Vertex) => boolean): string[] {
  return Object.entries(map).flatMap(([key, vertex]) => (holds(vertex) ? [key] : []));
}

function nodes(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodes)];
}

function definedTransitions(): AnyTransitionDefinition[] {
  return nodes(attemptMachine.root).flatMap((node) => [...node.transitions.values()].flat());
}

/** `.provide()` makes new nodes, so transitions are told apart by where they stand in the definition. */
function place(transition: AnyTransitionDefinition): string {
  const { source, eventType } = transition;
  return `${source.id} ${eventType} ${source.transitions.get(eventType)?.indexOf(transition)}`;
}
