import {
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate';
import type { Selection, Skip } from '../domain/loop-work.ts';
import type { LoopPolicy } from '../../machines/loop/context.ts';
import { loopMachine } from '../../machines/loop.machine.ts';
import { dottedState } from './dotted-state.ts';

export interface Journey {
  readonly policy: LoopPolicy;
  readonly selection: Selection;
  /** What keeps a worker from starting. */
  readonly skip: Skip | null;
}

/**
 * The states one iteration of a new run passes, if its worker does well: the machine that runs, played without actors.
 * Ends where the next iteration is waited for, or the run is over.
 */
export function passedStates(journey: Journey): string[] {
  const input = { runId: 'dry-run', lastIteration: 0, policy: journey.policy };
  // Events of actors that are done are no part of the machine's own event type.
  const machine: AnyStateMachine = loopMachine;
  let [snapshot]: [AnyMachineSnapshot, unknown] = initialTransition(machine, input);
  const states = [dottedState(snapshot.value)];
  for (let step = 0; step < MOST_STEPS && !isOver(snapshot); step += 1) {
    const answer = answerTo(dottedState(snapshot.value), journey);
    if (!answer) {
      break;
    }
    [snapshot] = transition(machine, snapshot, answer);
    states.push(dottedState(snapshot.value));
  }
  return states;
}

const MOST_STEPS = 30;

interface Answer {
  readonly type: string;
  readonly [fact: string]: unknown;
}

function isOver(snapshot: AnyMachineSnapshot): boolean {
  return snapshot.status !== 'active' || snapshot.matches('waiting');
}

/** What the world would answer in a state; null: nothing that is known here. */
function answerTo(state: string, { selection, skip }: Journey): Answer | null {
  const at = selection.at;
  switch (state) {
    case 'idle':
      return { type: 'loop.start', at, facts: { agent: '', account: null, settings: {} } };
    case 'selecting.gating':
      return done('checkGates', { open: true, at });
    case 'selecting.choosing':
      return done('selectTarget', selection);
    case 'prompting':
      return done('composePrompt', { skip, at });
    case 'running.launching':
      return { type: 'worker.started', at, pid: null, agent: '', how: 'launched' };
    case 'running.working':
      return { type: 'worker.ended', at, jitter: 0, end: GOOD_END };
    case 'summarizing.validating':
      return done('validateWork', {
        outcome: 'succeeded',
        validation: null,
        gates: [],
        changes: null,
        report: null,
        at,
      });
    case 'summarizing.checkpointing':
      return done('checkpointWork', { commit: null, takenBackTo: null, warning: null, at });
    case 'summarizing.digesting':
      return done('digestIteration', { at });
    case 'stopping.draining':
      return done('drainWorkers', { at });
    case 'stopping.cleaning':
      return done('cleanUp', { at });
    default:
      return null;
  }
}

function done(actor: string, output: object): Answer {
  return { type: `xstate.done.actor.${actor}`, actorId: actor, output };
}

const UNKNOWN_USAGE = { peakMemoryBytes: null, peakProcesses: null, cpuSeconds: null };
const GOOD_END = {
  outcome: 'succeeded',
  ...{ exitCode: 0, signal: null, costUsd: null, tokens: null, turns: null, model: null },
  ...{
    limitResetEpochMs: null,
    reason: '',
    swept: [],
    usage: UNKNOWN_USAGE,
    outputBytes: 0,
    durationMs: 0,
  },
};
