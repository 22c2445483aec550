/** What a runner does about signals, each a decision of its own. */
export interface SignalPolicy {
  /** TERM, INT: 1 asks to finish the iteration, 2 to end the worker, 3 to leave at once. */
  readonly asked: (signal: 'SIGINT' | 'SIGTERM', times: number) => void;
  /** The terminal has gone. */
  readonly hungUp: () => void;
}

/** Installs the handlers; returns their removal. */
export function listenToSignals(policy: SignalPolicy): () => void {
  let times = 0;
  const ask = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
    times += 1;
    policy.asked(signal, times);
  };
  const handlers = { SIGINT: ask('SIGINT'), SIGTERM: ask('SIGTERM'), SIGHUP: policy.hungUp };
  for (const [signal, handler] of Object.entries(handlers)) {
    process.on(signal, handler);
  }
  return () => {
    for (const [signal, handler] of Object.entries(handlers)) {
      process.off(signal, handler);
    }
  };
}
