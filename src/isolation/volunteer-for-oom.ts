import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Makes the agent, and all it starts from then on, die before us and before the runner where memory runs out: any
 * process may raise this number. Elsewhere than on Linux there is none.
 */
export function volunteerForOom(pid: number): void {
  try {
    const own = Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(Math.min(own + MORE, MOST)));
  } catch {
    // It has ended already, or runs as somebody else: the kernel chooses by size then.
  }
}

/** As if it had half of the machine's memory more. */
const MORE = 500;
const MOST = 1_000;
