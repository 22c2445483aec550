/** A turn that the test answers itself, when it wants. */
export interface HeldReply<Turn, Reply> {
  /** Settles when the agent's request is there and waits. */
  readonly arrived: Promise<Turn>;
  /** Settles when the agent has its whole answer or has gone without it. */
  readonly closed: Promise<void>;
  /** Answers it; without a reply, as the scenario's script would. */
  release(reply?: Reply): void;
}

/** The side of a held reply that the mock sees. */
export interface Hold<Turn, Reply> {
  readonly held: HeldReply<Turn, Reply>;
  /** Resolves to what the test released: a reply, or undefined for the script's own. */
  arrive(turn: Turn): Promise<Reply | undefined>;
  readonly close: () => void;
}

export function createHold<Turn, Reply>(): Hold<Turn, Reply> {
  const arrived = Promise.withResolvers<Turn>();
  const closed = Promise.withResolvers<void>();
  const released = Promise.withResolvers<Reply | undefined>();
  return {
    held: {
      arrived: arrived.promise,
      closed: closed.promise,
      release: (reply) => released.resolve(reply),
    },
    arrive: (turn) => {
      arrived.resolve(turn);
      return released.promise;
    },
    close: () => closed.resolve(),
  };
}
