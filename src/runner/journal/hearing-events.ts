import type { loopMachine } from '../../../machines/loop.machine.ts';
import type { MachineEvent } from '../../domain/inspection.ts';

type LoopMachine = typeof loopMachine;

/**
 * The machine, made to tell of each event in the very moment it takes it: in the order of its mailbox, not in that of
 * whoever sends. It is changed itself, and so has to be nobody else's. What hears may not throw: the machine would end.
 */
export function hearingEvents(
  machine: LoopMachine,
  heard: (event: MachineEvent) => void,
): LoopMachine {
  const transition = machine.transition.bind(machine);
  machine.transition = (snapshot, event, scope) => {
    heard({ ...event });
    return transition(snapshot, event, scope);
  };
  return machine;
}
