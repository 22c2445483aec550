import { loadavg } from 'node:os';
import type { SystemGauges } from '../ports/system-gauges.ts';
import { countConnections } from './tcp-connections.ts';

export class MachineGauges implements SystemGauges {
  freeMemoryMb(): number {
    return Math.floor(process.availableMemory() / 2 ** 20);
  }

  load(): number {
    return loadavg()[0] ?? 0;
  }

  tcpConnections(filter: RegExp): number {
    return process.platform === 'linux' ? countConnections(filter) : 0;
  }
}
