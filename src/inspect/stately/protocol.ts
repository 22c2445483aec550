import type { MachineEvent } from '../../domain/inspection.ts';

/**
 * What @statelyai/inspect sends and Stately's inspector shows: one JSON object per message. Its types are the
 * original's, which a test holds these to.
 */
export type StatelyMessage = StatelyActor | StatelyEvent | StatelySnapshot;

export const STATELY_PROTOCOL = '0.7.2';

export interface StatelyActor extends StatelyHead {
  readonly type: '@xstate.actor';
  readonly name: string;
  readonly parentId: string | undefined;
  /** A machine's configuration as JSON text; of any other actor only its id. */
  readonly definition: string;
  readonly snapshot: StatelyState;
}

export interface StatelyEvent extends StatelyHead {
  readonly type: '@xstate.event';
  /** undefined: from outside. */
  readonly sourceId: string | undefined;
  readonly event: MachineEvent;
}

export interface StatelySnapshot extends StatelyHead {
  readonly type: '@xstate.snapshot';
  /** That led to it. */
  readonly event: MachineEvent;
  readonly snapshot: StatelyState;
}

export interface StatelyHead {
  readonly sessionId: string;
  readonly rootId: string;
  /** Epoch ms, in digits. */
  readonly createdAt: string;
  /** Of this message. */
  readonly id: string;
  readonly _version: string;
}

/** An actor's state; `value` and what follows it only of machines. */
export interface StatelyState {
  readonly status: ActorStatus;
  readonly output: undefined;
  readonly error: undefined;
  readonly value?: unknown;
  readonly context?: unknown;
  readonly tags?: readonly string[];
  readonly children?: Readonly<Record<string, { readonly id: string }>>;
  readonly historyValue?: Readonly<Record<string, never>>;
}

export type ActorStatus = 'active' | 'done' | 'error' | 'stopped';
