import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Established TCP connections, IPv4 and IPv6, that belong to processes whose command line matches; a process in a network
 * of its own is counted there. Not this process itself, whose flags may well name the agent. What other users' processes
 * hold open cannot be seen.
 */
export function countConnections(filter: RegExp): number {
  const networks = new Map<string, Network>();
  for (const pid of matchingPids(filter)) {
    const network = networks.get(networkOf(pid)) ?? { pid, sockets: new Set<string>() };
    socketsOf(pid).forEach((inode) => network.sockets.add(inode));
    networks.set(networkOf(pid), network);
  }
  return [...networks.values()].reduce((sum, network) => sum + establishedIn(network), 0);
}

interface Network {
  /** Of one process that lives in it. */
  readonly pid: string;
  /** Inodes. */
  readonly sockets: Set<string>;
}

function matchingPids(filter: RegExp): string[] {
  return readdirSync('/proc').filter(
    (name) => DIGITS.test(name) && name !== OWN && filter.test(commandOf(name)),
  );
}

const DIGITS = /^\d+$/;
const OWN = String(process.pid);

function commandOf(pid: string): string {
  return tried(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '').replaceAll('\0', ' ');
}

function networkOf(pid: string): string {
  return tried(() => readlinkSync(`/proc/${pid}/ns/net`), '');
}

function socketsOf(pid: string): string[] {
  const fds = tried(() => readdirSync(`/proc/${pid}/fd`), []);
  return fds.flatMap((fd) => {
    const target = tried(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '');
    return SOCKET.exec(target)?.[1] ?? [];
  });
}

const SOCKET = /^socket:\[(\d+)\]$/;

function establishedIn({ pid, sockets }: Network): number {
  const lines = ['tcp', 'tcp6'].flatMap((name) =>
    sockets.size === 0
      ? []
      : tried(() => readFileSync(`/proc/${pid}/net/${name}`, 'latin1'), '').split('\n'),
  );
  return lines.filter((line) => {
    const fields = line.trim().split(/\s+/);
    return fields[STATE] === ESTABLISHED && sockets.has(fields[INODE] ?? '');
  }).length;
}

/** As proc_pid_net(5) has them. */
const STATE = 3;
const ESTABLISHED = '01';
const INODE = 9;

/** A process may go at any moment, or be another user's. */
function tried<Value>(work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
