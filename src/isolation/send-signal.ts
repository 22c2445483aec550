/** To a process, or, where the pid is negative, to a group. false: whoever it was for has gone. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    // 0 would be the group of this process.
    return pid !== 0 && process.kill(pid, signal);
  } catch {
    return false;
  }
}
