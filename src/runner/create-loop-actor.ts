import { createActor } from 'xstate';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import { loopMachine } from '../../machines/loop.machine.ts';
import type { IsolationLayers } from '../actors/loop-world.ts';
import { provideActors } from '../actors/provide-actors.ts';
import type { MachineEvent } from '../domain/inspection.ts';
import type { RunningGate } from '../domain/validation.ts';
import { hearingEvents } from './journal/hearing-events.ts';
import type { Housekeeping } from './housekeeping.ts';
import { loopWorld } from './loop-world.ts';
import type { LoopActor } from './persistence.ts';
import type { SessionParts } from './session-parts.ts';
import { startedBefore } from './started-before.ts';

export interface ActorParts {
  readonly parts: SessionParts;
  readonly runId: string;
  readonly policy: LoopPolicy;
  readonly isolation: IsolationLayers;
  readonly housekeeping: Housekeeping;
  /** Resolves once the machine's last state is on disk. */
  readonly persisted: () => Promise<void>;
  readonly runsGate: (gate: RunningGate | null) => void;
  /** The machine is about to take it. */
  readonly heard: (event: MachineEvent) => void;
}

/** The machine with the world it acts on: where it was, rebuilt from what is known, or new. It is not started. */
export function createLoopActor(asked: ActorParts): LoopActor {
  const { parts, runId, policy, isolation, housekeeping, persisted, runsGate, heard } = asked;
  const { files, state } = parts;
  const { restored } = state;
  const world = loopWorld({
    ...parts,
    ...{ runId, launches: policy.launches, persisted, runsGate, isolation },
    ...startedBefore(state, files.attempts),
    guard: {
      note: (file, wrong) => housekeeping.guard.note(file, wrong),
      look: () => housekeeping.look(),
    },
  });
  const machine = hearingEvents(loopMachine.provide({ actors: provideActors(world) }), heard);
  const input = {
    ...{ runId, policy },
    lastIteration:
      restored.kind === 'new'
        ? Math.max(restored.lastIteration, files.attempts.lastIteration())
        : restored.context.iteration,
    ...(restored.kind === 'rebuilt' && { carried: restored.context }),
  };
  return restored.kind === 'resumed'
    ? createActor(machine, { input, snapshot: restored.snapshot })
    : createActor(machine, { input });
}
