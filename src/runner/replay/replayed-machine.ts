import {
  createActor,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type InspectionEvent,
  type Snapshot,
} from 'xstate';
import { loopMachine } from '../../../machines/loop.machine.ts';
import { transitionId } from '../../../machines/transition-id.ts';
import type { MachineEvent } from '../../domain/inspection.ts';
import { dottedState } from '../dotted-state.ts';
import type { PersistedSnapshot } from '../snapshot-fault.ts';

/** The loop machine, played by its pure transition function: actors are named, and never started. */
export class ReplayedMachine {
  readonly #machine: AnyStateMachine;
  #snapshot: AnyMachineSnapshot;
  #taken: string[] = [];

  /** `persisted`: a snapshot to begin with, known to be one. */
  constructor(persisted: PersistedSnapshot) {
    // Events of actors that are done are no part of the machine's own event type.
    const machine: AnyStateMachine = loopMachine.provide({});
    const play = machine.transition.bind(machine);
    machine.transition = (snapshot, event, scope) => {
      scope.system.inspect((inspected: InspectionEvent) => this.#note(inspected));
      return play(snapshot, event, scope);
    };
    this.#machine = machine;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- XState's type for it is opaque; it has been judged
    const snapshot = persisted as unknown as Snapshot<unknown>;
    this.#snapshot = createActor(machine, { snapshot }).getSnapshot();
  }

  /** Dotted. */
  get state(): string {
    return dottedState(this.#snapshot.value);
  }

  /** Ids of the transitions that it took. */
  take(event: MachineEvent): string[] {
    this.#taken = [];
    [this.#snapshot] = transition(this.#machine, this.#snapshot, event);
    return this.#taken;
  }

  persisted(): unknown {
    return this.#machine.getPersistedSnapshot(this.#snapshot);
  }

  #note(inspected: InspectionEvent): void {
    if (inspected.type === '@xstate.microstep') {
      this.#taken.push(...inspected._transitions.map(transitionId));
    }
  }
}
