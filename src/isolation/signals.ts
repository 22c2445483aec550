export interface Signals {
  /** TERM asks for the end of the worker, each time it comes; null: there is none. */
  onStop(stop: (() => void) | null): void;
  /** Whether TERM came while there was no worker. */
  readonly cameIdle: boolean;
}

/** To be called before anything is claimed: from then on no signal but KILL ends this process. */
export function listenToSignals(): Signals {
  let stop: (() => void) | null = null;
  let cameIdle = false;
  process.on('SIGTERM', () => {
    cameIdle ||= stop === null;
    stop?.();
  });
  IGNORED.forEach((signal) => process.on(signal, () => {}));
  return {
    onStop(listener) {
      stop = listener;
    },
    get cameIdle() {
      return cameIdle;
    },
  };
}

/** A terminal's Ctrl-C and hangup are not meant for a worker that outlives its runner; USR1 would open a debugger. */
const IGNORED = ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1'] as const;
