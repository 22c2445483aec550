export interface Signals {
  /** TERM asks for the end of the worker, each time it comes. */
  onStop(stop: () => void): void;
}

/** To be called before anything is claimed: from then on no signal but KILL ends this process. */
export function listenToSignals(): Signals {
  let stop = (): void => {};
  process.on('SIGTERM', () => stop());
  IGNORED.forEach((signal) => process.on(signal, () => {}));
  return {
    onStop(listener) {
      stop = listener;
    },
  };
}

/** A terminal's Ctrl-C and hangup are not meant for a worker that outlives its runner; USR1 would open a debugger. */
const IGNORED = ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const;
