import { constants, getPriority, setPriority } from 'node:os';

/** Lowers the priority of a process that starts others, relative to our own; it may have gone. */
export function beNice(pid: number, nice: number): void {
  try {
    setPriority(pid, Math.min(constants.priority.PRIORITY_LOW, getPriority() + nice));
  } catch {
    // It works at the priority it has.
  }
}
