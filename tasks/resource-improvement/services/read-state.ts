/**
 * Whether a service runs, by the words that docker, systemd, supervisors and people have for it; null: they do not say.
 * One that runs and is ill counts as not running: it wants the same work.
 */
export function isRunningState(state: string): boolean | null {
  const words = state.trim().toLowerCase();
  if (ILL.test(words) || STOPPED.test(words)) {
    return false;
  }
  return RUNNING.test(words) ? true : null;
}

const ILL =
  /\b(?:unhealthy|degraded|restarting|crash\w*|crashloopbackoff|error|failing|failed|fatal)\b/;
const STOPPED =
  /^(?:not[ _-]?(?:running|started|installed|active)|stopped|stopping|exited|dead|inactive|down|offline|created|paused|missing|absent|disabled|false|no)\b/;
const RUNNING = /^(?:running|up|active|healthy|started|online|ready|ok|true|yes)\b/;
