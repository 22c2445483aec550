import { watch, type FSWatcher } from 'node:fs';

/**
 * Calls `changed` once soon after it is armed, then at every change in the folder and each second: perhaps too often,
 * never never. The second is all there is where the system has no more watches to give (EMFILE, ENOSPC), and where
 * something ends without leaving a trace in the folder. Returns its cancel.
 */
export function watchDirectory(directory: string, changed: () => void): () => void {
  let cancelled = false;
  const tell = (): void => {
    if (!cancelled) {
      changed();
    }
  };
  const watcher = startWatcher(directory, tell);
  const timer = setInterval(tell, POLL_MS);
  queueMicrotask(tell);
  return () => {
    cancelled = true;
    clearInterval(timer);
    watcher?.close();
  };
}

const POLL_MS = 1_000;

function startWatcher(directory: string, tell: () => void): FSWatcher | null {
  try {
    const watcher = watch(directory, tell);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
