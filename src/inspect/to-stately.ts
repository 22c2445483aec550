import type { DrawnMachine, DrawnNode } from './drawn-machine.ts';
import { actionNames, edgesOf, type Edge } from './edges.ts';

/**
 * The machine as code that Stately's editor imports: one call of `createMachine` with nothing in it but data. Guards,
 * actions and actors are there by name.
 */
export function toStately(machine: DrawnMachine): string {
  return [
    "import { createMachine } from 'xstate';",
    `export const machine = createMachine(${JSON.stringify(statelyConfig(machine), null, 2)});`,
    '',
  ].join('\n');
}

/** What `createMachine` takes, as data: nothing that a machine begins with or works on is in it. */
export function statelyConfig(machine: DrawnMachine): object {
  return { id: machine.id, ...stateConfig(machine.root, machine.id) };
}

/** As XState takes it. What is undefined, JSON leaves out. */
interface StateConfig {
  readonly description: string | undefined;
  readonly type: 'final' | 'parallel' | 'history' | undefined;
  readonly tags: readonly string[] | undefined;
  readonly entry: readonly string[] | undefined;
  readonly exit: readonly string[] | undefined;
  readonly invoke: readonly InvokeConfig[] | undefined;
  readonly on: TransitionConfigs | undefined;
  readonly always: readonly TransitionConfig[] | undefined;
  readonly initial: string | undefined;
  readonly states: Readonly<Record<string, StateConfig>> | undefined;
}

interface InvokeConfig {
  readonly id: string;
  readonly src: string;
  readonly onDone: readonly TransitionConfig[] | undefined;
  readonly onError: readonly TransitionConfig[] | undefined;
}

type TransitionConfigs = Readonly<Record<string, readonly TransitionConfig[]>>;

interface TransitionConfig {
  readonly description: string | undefined;
  readonly guard: string | undefined;
  readonly target: string | undefined;
  readonly reenter: true | undefined;
  readonly actions: readonly string[] | undefined;
}

function stateConfig(node: DrawnNode, machineId: string): StateConfig {
  const byEvent = Map.groupBy(edgesOf(node), ({ event }) => event);
  const take = (event: string): readonly TransitionConfig[] | undefined => {
    const edges = byEvent.get(event);
    byEvent.delete(event);
    return edges?.map((edge) => transitionConfig(edge, machineId));
  };
  const invoke = node.invoke.map(({ id, src }) => ({
    id,
    src: typeof src === 'string' ? src : id,
    onDone: take(`done.${id}`),
    onError: take(`error.${id}`),
  }));
  const always = take('');
  const on = [...byEvent.keys()].map((event) => [event, take(event) ?? []] as const);
  const states = Object.entries(node.states).map(
    ([name, child]) => [name, stateConfig(child, machineId)] as const,
  );
  return {
    description: node.description,
    type: typeOf(node),
    tags: filled(node.tags),
    entry: filled(actionNames(node.entry)),
    exit: filled(actionNames(node.exit)),
    invoke: filled(invoke),
    on: on.length > 0 ? Object.fromEntries(on) : undefined,
    always,
    initial: node.initial.target?.[0]?.key,
    states: states.length > 0 ? Object.fromEntries(states) : undefined,
  };
}

function transitionConfig(edge: Edge, machineId: string): TransitionConfig {
  return {
    description: edge.description ?? undefined,
    guard: edge.guard ?? undefined,
    target: edge.target ? `#${[machineId, ...edge.target.path].join('.')}` : undefined,
    reenter: edge.reenters || undefined,
    actions: filled(edge.actions),
  };
}

/** Whether it has states in it, XState sees by itself. */
function typeOf({ type }: DrawnNode): StateConfig['type'] {
  return type === 'final' || type === 'parallel' || type === 'history' ? type : undefined;
}

function filled<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
