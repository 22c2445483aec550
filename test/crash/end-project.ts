import { readFileSync } from 'node:fs';
import { eventually, processesOf, type CrashProject } from './crash-rig.ts';

/** Ends whatever was started in it, by pid, and removes it. */
export async function endProject(project: CrashProject): Promise<void> {
  await eventually('all of its processes are gone', () => {
    const pids = processesOf(project).map(Number);
    pids.forEach(kill);
    return pids.length === 0;
  });
  project.remove();
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}

/** The agent and its tools, whatever their pids are called where they live. */
export function agentsOf(project: CrashProject): number[] {
  return processesOf(project).map(Number).filter(isAgent);
}

function isAgent(pid: number): boolean {
  try {
    return /(?:^|\0)AUTOLOOP_ATTEMPT_ID=/.test(readFileSync(`/proc/${pid}/environ`, 'latin1'));
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie has ended; whoever is to collect it may be the init of a container that does not.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
