import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { edgesOf } from './edges.ts';
import type { MachineHistory } from './history/machine-history.ts';

export interface MachineJson {
  readonly id: string;
  readonly description: string | null;
  readonly initial: string | null;
  /** What holds in every state. */
  readonly on: TransitionsJson;
  readonly invoke: readonly string[];
  readonly states: Readonly<Record<string, StateJson>>;
  /** Only where it is asked for. */
  readonly history?: MachineHistory;
}

export interface StateJson {
  readonly type: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  /** Actors that live as long as the state. */
  readonly invoke: readonly string[];
  readonly initial: string | null;
  readonly on: TransitionsJson;
  readonly states: Readonly<Record<string, StateJson>>;
}

/** By event, first match wins; `done.ACTOR`, `error.ACTOR`, and `always` for what is taken at once. */
export type TransitionsJson = Readonly<Record<string, readonly TransitionJson[]>>;

export interface TransitionJson {
  /** `running:worker.ended:0`: by this, other documents name it. */
  readonly id: string;
  /** Dotted path of a state; null: it stays. */
  readonly target: string | null;
  readonly guard: string | null;
  readonly actions: readonly string[];
  readonly description: string | null;
}

/** The machine as plain data, for tools that draw it or watch over it. */
export function toJson(machine: DrawnMachine, history: MachineHistory | null = null): MachineJson {
  const { root } = machine;
  const { description, initial, on, invoke, states } = stateJson(root);
  return { id: machine.id, description, initial, on, invoke, states, ...(history && { history }) };
}

function stateJson(node: DrawnNode): StateJson {
  const children = Object.entries(node.states).map(
    ([name, child]) => [name, stateJson(child)] as const,
  );
  const states: StateJson['states'] = Object.fromEntries(children);
  return {
    type: node.type,
    description: node.description ?? null,
    tags: [...node.tags],
    invoke: node.invoke.map(({ id }) => id),
    initial: node.initial.target?.[0]?.key ?? null,
    on: transitionsJson(node),
    states,
  };
}

function transitionsJson(node: DrawnNode): TransitionsJson {
  const groups = Map.groupBy(edgesOf(node), ({ event }) => event || 'always');
  return Object.fromEntries(
    [...groups].map(([event, edges]) => [
      event,
      edges.map(({ id, target, guard, actions, description }) => ({
        ...{ id, target: target?.path.join('.') ?? null, guard, actions, description },
      })),
    ]),
  );
}
