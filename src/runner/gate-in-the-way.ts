import { findClosedGate } from '../actors/find-closed-gate.ts';
import type { Gate } from '../domain/loop-work.ts';
import { MachineGauges } from '../stores/machine-gauges.ts';
import type { LoopPlan } from './loop-plan.ts';

/** What a worker of this loop would have to wait for now; null: nothing. */
export function gateInTheWay({ task, settings }: LoopPlan): Gate | null {
  return findClosedGate({ task, settings, gauges: new MachineGauges() });
}
