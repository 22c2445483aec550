import type { MachineView } from '../../domain/inspection.ts';
import type { ActorStatus, StatelyState } from './protocol.ts';

/** Of an actor that is no machine: whether it lives is all that is told of it. */
export function statelyState(status: ActorStatus): StatelyState {
  return { status, output: undefined, error: undefined };
}

export function machineState(
  { status, value, context, tags }: MachineView,
  children: NonNullable<StatelyState['children']>,
): StatelyState {
  return {
    ...statelyState(parseActorStatus(status)),
    ...{ value, context, tags, children, historyValue: {} },
  };
}

export function parseActorStatus(status: string): ActorStatus {
  return STATUSES.find((known) => known === status) ?? 'active';
}

const STATUSES: readonly ActorStatus[] = ['active', 'done', 'error', 'stopped'];
