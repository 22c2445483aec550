import { assertEvent, assign, emit, enqueueActions, sendTo, setup } from 'xstate';
import { EXIT, describeError } from '../../src/domain/error.ts';
import type { EventDraft, WaitEnd } from '../../src/domain/event.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type {
  CheckpointEnd,
  GateVerdict,
  Judgement,
  Selection,
  Shortage,
  Skip,
} from '../../src/domain/loop-work.ts';
import type { Findings } from '../../src/domain/metrics/findings.ts';
import type { Quarantine } from '../../src/domain/target.ts';
import { advanceBreaker } from '../breaker/advance.ts';
import { placeholders } from './actors.ts';
import { costsUnseen, endingByCap } from './caps.ts';
import * as change from './changes.ts';
import { closeIteration } from './closing.ts';
import type { Ending, LoopContext, LoopInput, RunTotals, Wait } from './context.ts';
import type { LoopEvent } from './events.ts';
import { guards, isOtherWork } from './guards.ts';
import * as draft from './drafts.ts';
import { limitWait, limitWaitedBy, retryDelayMs } from './waits.ts';

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
      const { at, workMark, untilEpochMs } = event;
      enqueue.assign({ startedAtEpochMs: at, livedSinceEpochMs: at, workMark, untilEpochMs });
      enqueue.emit(draft.draft('loop_start', null, event.facts));
    }),

    /** Takes this start's settings and forgets what was asked of, or seen by, a runner that is dead. */
    resumeRun: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'loop.restored');
      const { policy, at, livedMs, from, reason } = event;
      const details = { from_state: from, reason };
      const untilEpochMs = event.untilEpochMs ?? context.untilEpochMs;
      enqueue.assign({
        ...{ policy, livedMs, untilEpochMs },
        ...{ livedSinceEpochMs: at, ...NOTHING_ASKED },
      });
      enqueue.emit(draft.draft('loop_resume', draft.openNumber(context), details));
    }),

    /** The time that this runner lived counts for the run. */
    noteLeave: assign(({ context, event }) => {
      assertEvent(event, 'loop.left');
      const { livedMs, livedSinceEpochMs } = context;
      const lived = Math.max(0, event.at - livedSinceEpochMs);
      return { livedMs: livedMs + lived, livedSinceEpochMs: event.at, left: event.how };
    }),

    noteCap: assign({ reachedCap: 'runtime' as const }),

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
          wait: boundaryWait('gate', params.verdict.at, retryAtEpochMs),
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

    beginAttempt: assign(({ context }, params: { at: number }) =>
      change.beginAttempt(context, params.at),
    ),

    noteWorkspace: assign(({ context }, params: { workspaceMark: string | null }) =>
      change.noteWorkspace(context, params.workspaceMark),
    ),

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
      const end = change.endByCap(context, event.end);
      enqueue.emit(
        context.open?.workerStarted
          ? draft.workerEnd(context, end)
          : draft.draft('iteration_skip', context.iteration, { reason: end.reason }),
      );
      if (costsUnseen(context, end)) {
        enqueue.emit(draft.unseenCost(context));
      }
      enqueue.assign(change.noteAttemptEnd(context, end));
      enqueue.assign(change.noteLimit(context, event));
    }),

    waitToRetry: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, 'worker.ended');
      enqueue.emit(draft.retry(context, event.end.outcome, retryDelayMs(context, event)));
      enqueue.assign(change.waitToRetry(context, event));
    }),

    waitForLimit: assign(({ context, event }) => {
      assertEvent(event, 'worker.ended');
      return { wait: limitWait(context, event) };
    }),

    recordFallback: emit(({ context, event }) => {
      assertEvent(event, 'worker.ended');
      return draft.retry(context, event.end.outcome, 0);
    }),

    /** The operator wants it tried now: nobody is taken to be held any more. */
    freeAgents: assign(({ context }) =>
      context.wait?.kind === 'usage_limit' ? { agentLimits: {} } : {},
    ),

    /** A pause taken at a boundary that had no wait: over as soon as the pause is. */
    waitForNothing: assign((_, params: { at: number }) => ({
      wait: boundaryWait('interval', params.at, params.at),
    })),

    /** What was waited for limits counts towards `--max-limit-wait`. */
    countLimitWait: assign(({ context, event }) => ({
      limitWaitedMs: 'at' in event ? limitWaitedBy(context, event.at) : context.limitWaitedMs,
    })),

    /** The cool-down is over, by time or by the operator. */
    coolDown: enqueueActions(({ enqueue, context }) => {
      if (context.breaker.state === 'open' && context.open === null) {
        enqueue.assign({ breaker: advanceBreaker(context.breaker, { type: 'cooldown.over' }) });
        enqueue.emit(({ context: cooled }) => draft.breaker(cooled));
      }
    }),

    /** Another prompt, task or setting. */
    noteWork: enqueueActions(({ enqueue, context, event }) => {
      assertEvent(event, ['work.changed', 'loop.restored']);
      const { workMark } = event;
      const isOther = isOtherWork(context, workMark);
      enqueue.assign({ workMark: workMark ?? context.workMark });
      if (isOther) {
        const was = context.breaker.state;
        enqueue.assign({ breaker: advanceBreaker(context.breaker, { type: 'work.changed' }) });
        if (was !== 'closed') {
          enqueue.emit(({ context: changed }) => draft.breaker(changed));
        }
      }
    }),

    /** The wait behind a pause is over when the pause is. */
    expireWait: assign(({ context: { wait }, event }) => {
      assertEvent(event, 'loop.skipWait');
      return { wait: wait && { ...wait, untilEpochMs: Math.min(wait.untilEpochMs, event.at) } };
    }),

    forgetWait: assign({ wait: null }),

    recordWaitStart: emit(({ context }) => draft.waitStart(context)),

    recordWaitEnd: emit(({ context }, params: { how: WaitEnd }) =>
      draft.waitEnd(context, params.how),
    ),

    settleOutcome: assign(({ context }, params: { fallback: Outcome }) =>
      change.settleOutcome(context, params.fallback),
    ),

    judge: enqueueActions(({ enqueue, context }, params: { judgement: Judgement }) => {
      for (const verdict of params.judgement.gates) {
        enqueue.emit(draft.validation(context, verdict));
      }
      enqueue.assign(change.judge(context, params.judgement));
    }),

    /** Whether it was good was not waited for. */
    abandonWork: assign(({ context }) => change.abandonWork(context)),

    noteCheckpoint: enqueueActions(({ enqueue, context }, params: CheckpointEnd) => {
      const { commit, takenBackTo: ref, warning: message } = params;
      if (commit !== null) {
        enqueue.emit(draft.draft('checkpoint', context.iteration, { commit }));
      }
      if (ref !== null) {
        enqueue.emit(draft.draft('rollback', context.iteration, { ref }));
        enqueue.assign(change.noteTakenBack(context));
      }
      if (message !== null) {
        enqueue.emit(draft.draft('warning', context.iteration, { code: 'checkpoint', message }));
      }
    }),

    /** What the iteration itself did to prompt or task is no change of them: only one after it closes the breaker. */
    closeIteration: enqueueActions(({ enqueue, context }, params: Closed) => {
      const { open, iteration } = context;
      if (open) {
        const outcome = change.openOutcome(open);
        const closed = closeIteration(context, params.at);
        if (open.target !== null && params.quarantine) {
          enqueue.emit(draft.quarantine(iteration, open.target, params.quarantine));
        }
        enqueue.emit(draft.iterationEnd({ iteration, open, outcome, ...params }));
        enqueue.assign(closed);
        enqueue.assign({ workMark: params.workMark ?? context.workMark });
        if (closed.breaker && closed.breaker.state !== context.breaker.state) {
          enqueue.emit(draft.breaker({ ...context, ...closed }));
        }
      }
    }),

    terminateWorker: sendTo('runAttempt', { type: 'worker.terminate' as const }),

    endByRequest: assign(({ context }) => ({ ending: change.endingByRequest(context) })),
    endByLowDisk: assign(({ context }) => ({ ending: change.endingByLowDisk(context) })),
    endByOutcome: assign(({ context }) => ({ ending: change.endingByOutcome(context) })),
    endByCap: assign(({ context }) => ({ ending: endingByCap(context, context.policy) })),
    endByLimitLeash: assign(({ context }) => ({ ending: change.endingByLimitLeash(context) })),
    endByCompletion: assign(({ context }) => ({ ending: change.endingByCompletion(context) })),
    endByFailures: assign({ ending: ended('max_failures', EXIT.cap) }),
    endByIterations: assign(({ context }) => ({ ending: change.endingByIterations(context) })),

    /** An actor threw: not an outcome but trouble of the operator's or a bug of ours. */
    endByError: enqueueActions(({ enqueue, context }, params: { error: unknown }) => {
      const { code, message, fix } = describeError(params.error);
      enqueue.emit(
        draft.draft('error', draft.openNumber(context), { code, message, fix, fatal: true }),
      );
      enqueue.assign({ ending: { reason: 'error', exitCode: code, message, fix } });
    }),

    recordEnd: emit(({ context }, params: { at: number | null }) =>
      draft.loopEnd(context, params.at),
    ),
  },
});

/** `at` null: by a failure of our own. */
interface Closed {
  readonly at: number | null;
  readonly workMark: string | null;
  readonly quarantine: Quarantine | null;
  readonly findings: Findings | null;
}

/** What was asked of, or seen by, a runner that is dead. */
const NOTHING_ASKED: Pick<LoopContext, 'stop' | 'stopVia' | 'lowDisk' | 'reachedCap' | 'left'> = {
  left: null,
  stop: 'none',
  stopVia: null,
  lowDisk: null,
  reachedCap: null,
};

function boundaryWait(kind: Wait['kind'], sinceEpochMs: number, untilEpochMs: number): Wait {
  return { kind, sinceEpochMs, untilEpochMs, reason: null };
}

function asked(context: LoopContext, via: string, command: string) {
  const iteration = draft.openNumber(context);
  return via === 'control' || via === 'until'
    ? draft.draft('control', iteration, { command: via === 'until' ? '--until' : command })
    : draft.draft('signal', iteration, { name: via });
}

function ended(reason: string, exitCode: number): Ending {
  return { reason, exitCode, message: null, fix: null };
}
