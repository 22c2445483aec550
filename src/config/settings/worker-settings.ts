import { MANY, named, type Definitions } from '../setting-definition.ts';
import { count, decimal, oneOf, pattern, seconds } from '../setting-values.ts';

/** What a worker may take, and what keeps it from starting. */
export const workerSettings: Definitions<
  | 'supervision'
  | 'memory'
  | 'maxProcs'
  | 'maxOpenFiles'
  | 'maxCpu'
  | 'nice'
  | 'maxTcp'
  | 'tcpFilter'
  | 'minFreeMemory'
  | 'maxLoad'
> = {
  supervision: {
    name: 'supervision',
    ...named('supervision', 'SUPERVISION', 'mode'),
    schema: oneOf(['auto', 'strict', 'base'] as const),
    fallback: 'auto',
    help: 'how a worker is kept together: strict (a PID namespace; refused where there is none), base, or auto: the best there is',
  },
  memory: {
    name: 'memory',
    ...named('memory', 'WORKER_MEMORY_MB', 'mb'),
    schema: count(0, MANY),
    fallback: null,
    help: "memory that a worker's processes may take together; 0 is no limit; default: half of the machine's, at least 4096",
  },
  maxProcs: {
    name: 'maxProcs',
    ...named('max-procs', 'WORKER_MAX_PROCS', 'n'),
    schema: count(0, MANY),
    fallback: 512,
    help: 'processes that a worker may have at once; 0 is no limit',
  },
  maxOpenFiles: {
    name: 'maxOpenFiles',
    ...named('max-open-files', 'WORKER_MAX_OPEN_FILES', 'n'),
    schema: count(0, MANY),
    fallback: 0,
    help: "files that each of a worker's processes may have open; 0 is the system's own limit",
  },
  maxCpu: {
    name: 'maxCpu',
    ...named('max-cpu', 'WORKER_MAX_CPU_SECONDS', 'seconds'),
    schema: seconds(0),
    fallback: 0,
    help: "CPU time that a worker's processes may use together; 0 is no limit",
  },
  nice: {
    name: 'nice',
    ...named('nice', 'WORKER_NICE', 'n'),
    schema: count(0, 19),
    fallback: 5,
    help: 'how far a worker gives way to other work: 0 is not at all, 19 wherever it can',
  },
  maxTcp: {
    name: 'maxTcp',
    ...named('max-tcp', 'MAX_TCP_CONNECTIONS', 'n'),
    schema: count(0, MANY),
    fallback: 15,
    help: 'no new worker while processes that match --tcp-filter hold more established TCP connections',
  },
  tcpFilter: {
    name: 'tcpFilter',
    ...named('tcp-filter', 'LOOP_TCP_FILTER', 'regex'),
    schema: pattern(),
    fallback: 'claude|anthropic',
    emptyCounts: true,
    help: 'regular expression for the command lines of these processes; empty is off',
  },
  minFreeMemory: {
    name: 'minFreeMemory',
    ...named('min-free-memory', 'MIN_FREE_MEMORY_MB', 'mb'),
    schema: count(0, MANY),
    fallback: 256,
    help: 'no new worker while the machine has less memory to give; 0 is off',
  },
  maxLoad: {
    name: 'maxLoad',
    ...named('max-load', 'MAX_LOAD', 'n'),
    schema: decimal(0, MANY),
    fallback: 0,
    help: "no new worker while the machine's load of the last minute is higher; 0 is off",
  },
};
