import { assertEvent, assign, emit, enqueueActions, sendTo, setup } from 'xstate';
import { EXIT, describeError } from '../../src/domain/error.ts';
import type { EventDraft, WaitEnd } from '../../src/domain/event.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type {
  GateVerdict,
  Judgement,
  Selection,
  Shortage,
  Skip,
} from '../../src/domain/loop-work.ts';
import { placeholders } from './actors.ts';
import * as change from './changes.ts';
import type { Ending, LoopContext, LoopInput, RunTotals } from './context.ts';
import type { LoopEvent } from './events.ts';
import { guards } from './guards.ts';
import * as draft from './drafts.ts';

export interface LoopOutput {
  readonly ending: Ending;
  readonly totals: RunTotals;
}

/** Types, actors, guards and actions of the loop. Actions only assign, emit and send: a throw in one would kill the machine. */
export const loopSetup = setup({
  types: {
    context: {} as LoopContext,
    events: {} as LoopEvent,
    input: {} as LoopInput,
    output: {} as LoopOutput,
    emitted: {} as EventDraft,
    /** `paid`: a worker may be alive · `resting`: nothing runs, the loop waits for a moment or for the operator. */
    tags: {} as 'paid' | 'resting',
  },
  actors: placeholders,
  guards,
  actions: {
    start: enqueueActions(({ enqueue, event }) => {
      assertEvent(event, 'loop.start');
      enqueue.assign({ startedAtEpochMs: event.at });
      enqueue.emit(draft.draft('loop_start', null, event.facts));
    }),

    /** Takes this start's settings and forgets what was asked of, or seen by, a runner that is dead. */
    resumeRun: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'loop.restored');
      const details = { from_state: event.from, reason: event.reason };
      enqueue.assign({ policy: event.policy, stop: 'none', stopVia: null, lowDisk: null });
      enqueue.emit(draft.draft('loop_resume', draft.openNumber(context), details));
    }),

    noteStop: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'loop.stop');
      enqueue.assign(change.nextStop(context, event));
      enqueue.emit(asked(context, event.via, event.now ? 'stop --force' : 'stop'));
    }),

    notePause: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'loop.pause');
      enqueue.assign({ paused: true });
      enqueue.emit(asked(context, event.via, 'pause'));
    }),

    noteResume: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'loop.resume');
      enqueue.assign({ paused: false });
      enqueue.emit(asked(context, event.via, 'resume'));
    }),

    noteSkipWait: emit(({ context, event }) => {
      assertEvent(event, 'loop.skipWait');
      return asked(context, event.via, 'skip-wait');
    }),

    /** A gate closed: the loop waits until it is looked at again. */
    waitForGate: enqueueActions(({ enqueue, context }, params: { verdict: GateVerdict }) => {
      if ('gate' in params.verdict) {
        const { gate, retryAtEpochMs } = params.verdict;
        const looks = (context.closedGate?.looks ?? 0) + 1;
        enqueue.assign({
          wait: { kind: 'gate', untilEpochMs: retryAtEpochMs },
          closedGate: { ...gate, looks },
          skipsGates: false,
        });
        enqueue.emit(draft.draft('gate', draft.openNumber(context), gate));
      }
    }),

    skipGates: assign({ skipsGates: true }),

    /** Nothing is in the way, or was let be; a leave of the operator is good for one look. */
    passGates: assign({ closedGate: null, skipsGates: false }),

    /** Nothing new is begun from here on; null: it was noted before. */
    noteLowDisk: enqueueActions(({ enqueue, context }, params: { shortage: Shortage | null }) => {
      if (params.shortage !== null && context.lowDisk === null) {
        const { message, fix } = params.shortage;
        const facts = { code: EXIT.resourceExhausted, message, fix, fatal: true };
        enqueue.assign({ lowDisk: message });
        enqueue.emit(draft.draft('error', draft.openNumber(context), facts));
      }
    }),

    beginIteration: enqueueActions(({ enqueue, context }, params: { selection: Selection }) => {
      enqueue.assign(change.beginIteration(context, params.selection));
      enqueue.emit(({ context: begun }) => draft.iterationStart(begun, params.selection));
    }),

    skipWork: enqueueActions(({ enqueue, context }, params: { skip: Skip | null }) => {
      if (params.skip) {
        const { reason } = params.skip;
        enqueue.assign(change.skipWork(context, params.skip));
        enqueue.emit(draft.draft('iteration_skip', context.iteration, { reason }));
      }
    }),

    beginAttempt: assign(({ context }) => change.beginAttempt(context)),

    noteWorkerStart: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'worker.started');
      enqueue.emit(draft.workerBegin('worker_start', context, event));
      enqueue.assign(change.noteWorker(context, event));
    }),

    noteWorkerAdoption: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'worker.started');
      if (event.how === 'adopted') {
        enqueue.emit(draft.workerBegin('worker_adopt', context, event));
      }
      enqueue.assign(change.noteWorker(context, event));
    }),

    noteAttemptEnd: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'worker.ended');
      enqueue.emit(
        context.open?.workerStarted
          ? draft.workerEnd(context, event.end)
          : draft.draft('iteration_skip', context.iteration, { reason: event.end.reason }),
      );
      enqueue.assign(change.noteAttemptEnd(context, event.end));
    }),

    waitToRetry: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'worker.ended');
      const delayMs = change.retryDelayMs(context, event.jitter);
      enqueue.emit(draft.retry(context, event.end.outcome, delayMs));
      enqueue.assign(change.waitToRetry(context, event));
    }),

    waitForLimit: assign(({ context, event }) => {
      assertEvent(event, 'worker.ended');
      return change.waitForLimit(context, event);
    }),

    /** A pause taken at a boundary that had no wait: over as soon as the pause is. */
    waitForNothing: assign((_, params: { at: number }) => ({
      wait: { kind: 'interval' as const, untilEpochMs: params.at },
    })),

    /** The wait behind a pause is over when the pause is. */
    expireWait: assign(({ context }) => ({
      wait: context.wait ? { ...context.wait, untilEpochMs: 0 } : null,
    })),

    forgetWait: assign({ wait: null }),

    recordWaitStart: emit(({ context }) => draft.waitStart(context)),

    recordWaitEnd: emit(({ context }, params: { how: WaitEnd }) =>
      draft.waitEnd(context, params.how),
    ),

    settleOutcome: assign(({ context }, params: { fallback: Outcome }) =>
      change.settleOutcome(context, params.fallback),
    ),

    judge: assign(({ context }, params: { judgement: Judgement }) =>
      change.judge(context, params.judgement),
    ),

    closeIteration: enqueueActions(({ enqueue, context }, params: { at: number | null }) => {
      const { open, iteration } = context;
      if (open) {
        const outcome = change.openOutcome(open);
        enqueue.emit(draft.iterationEnd({ iteration, open, outcome, at: params.at }));
        enqueue.assign(change.closeIteration(context, params.at));
      }
    }),

    terminateWorker: sendTo('runAttempt', { type: 'worker.terminate' as const }),

    endByRequest: assign(({ context }) => ({ ending: change.endingByRequest(context) })),
    endByLowDisk: assign(({ context }) => ({ ending: change.endingByLowDisk(context) })),
    endByOutcome: assign(({ context }) => ({ ending: change.endingByOutcome(context) })),
    endByFailures: assign({ ending: ended('max_failures', EXIT.cap) }),
    endByIterations: assign({ ending: ended('max_iterations', EXIT.ok) }),

    /** An actor threw: not an outcome but trouble of the operator's or a bug of ours. */
    endByError: enqueueActions(({ enqueue, context }, params: { error: unknown }) => {
      const { code, message, fix } = describeError(params.error);
      enqueue.emit(
        draft.draft('error', draft.openNumber(context), { code, message, fix, fatal: true }),
      );
      enqueue.assign({ ending: { reason: 'error', exitCode: code, message } });
    }),

    recordEnd: emit(({ context }, params: { at: number | null }) =>
      draft.loopEnd(context, params.at),
    ),
  },
});

function asked(context: LoopContext, via: string, command: string) {
  const iteration = draft.openNumber(context);
  return via === 'control'
    ? draft.draft('control', iteration, { command })
    : draft.draft('signal', iteration, { name: via });
}

function ended(reason: string, exitCode: number): Ending {
  return { reason, exitCode, message: null };
}
