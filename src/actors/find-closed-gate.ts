import type { Gate } from '../domain/loop-work.ts';
import type { LoopWorld } from './loop-world.ts';

type Gated = Pick<LoopWorld, 'task' | 'settings' | 'gauges'>;

/** The first thing that is in the way of a new worker, the cheapest looked at first; null: nothing is. */
export function findClosedGate(world: Gated): Gate | null {
  if (world.task.definition.startGates === false) {
    return null;
  }
  for (const look of [memoryGate, loadGate, tcpGate]) {
    const gate = look(world);
    if (gate !== null) {
      return gate;
    }
  }
  return null;
}

function memoryGate({ settings, gauges }: Gated): Gate | null {
  const limit = settings.minFreeMemory;
  const value = limit === 0 ? 0 : gauges.freeMemoryMb();
  return value < limit ? { kind: 'memory', value, limit } : null;
}

function loadGate({ settings, gauges }: Gated): Gate | null {
  const limit = settings.maxLoad;
  const value = limit === 0 ? 0 : Math.round(gauges.load() * 100) / 100;
  return value > limit ? { kind: 'load', value, limit } : null;
}

function tcpGate({ settings, gauges }: Gated): Gate | null {
  const { maxTcp: limit, tcpFilter } = settings;
  const value = tcpFilter === '' ? 0 : gauges.tcpConnections(new RegExp(tcpFilter));
  return value > limit ? { kind: 'tcp', value, limit } : null;
}
