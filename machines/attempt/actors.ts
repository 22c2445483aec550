import { fromCallback, fromPromise, type EventObject, type NonReducibleUnknown } from 'xstate';
import type { Deadline } from './events.ts';

/** What an attempt does, provided by the isolation layer. */
export const placeholders = {
  /** Starts the agent and tells what becomes of it: every `agent.*` event, `fault.raised`. */
  runAgent: fromCallback<EventObject, NonReducibleUnknown>(missing('runAgent')),
  /** Answers `deadline.<kind>` once, unless it is left before. */
  awaitDeadline: fromCallback<EventObject, Deadline>(missing('awaitDeadline')),
  /** TERM: asks the agent to end, its tools with it. */
  terminateTree: fromCallback<EventObject, NonReducibleUnknown>(missing('terminateTree')),
  /** KILL: ends the agent and all that can be found of its tree. */
  killTree: fromCallback<EventObject, NonReducibleUnknown>(missing('killTree')),
  /** Looks at what the tree takes, and answers `limit.exceeded`; never throws. */
  watchLimits: fromCallback<EventObject, NonReducibleUnknown>(missing('watchLimits')),
  /** Resolves when what the agent left behind has ended by itself, or says nothing any more. */
  settleTree: fromPromise<void>(missing('settleTree')),
  /** Ends what the agent left behind, until nothing is found any more; the names of what there was. */
  sweepTree: fromPromise<readonly string[]>(missing('sweepTree')),
  /** Resolves when the agent's output has come to its end. */
  drainOutput: fromPromise<void>(missing('drainOutput')),
};

function missing(name: string): () => never {
  return () => {
    throw new Error(`The actor ${name} was not provided.`);
  };
}
