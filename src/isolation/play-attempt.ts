import { createActor, fromCallback, fromPromise, toPromise, type EventObject } from 'xstate';
import { attemptMachine } from '../../machines/attempt.machine.ts';
import type { AttemptEnding, AttemptLimits } from '../../machines/attempt/context.ts';
import type { Deadline } from '../../machines/attempt/events.ts';
import type { AttemptClaim, AttemptOrder } from '../domain/attempt.ts';
import type { AgentRun } from './agent-run.ts';
import { awaitDeadline } from './await-deadline.ts';

export interface PlayedAttempt {
  /** Asks for the end of the worker; the second time at once. */
  stop(): void;
  /** Something of ours broke: the worker is ended. */
  raiseFault(reason: string): void;
  /** How it ended; rejects where the machine itself broke. */
  readonly ending: Promise<AttemptEnding>;
}

/** Plays the machine of one attempt on a real agent. */
export function playAttempt(run: AgentRun, limits: AttemptLimits): PlayedAttempt {
  const actor = createActor(machineOf(run), { input: limits });
  const ending = toPromise(actor);
  actor.start();
  return {
    stop: () => actor.send({ type: 'stop.requested' }),
    raiseFault: (reason) => actor.send({ type: 'fault.raised', reason }),
    ending,
  };
}

export function limitsOf(order: AttemptOrder, { deadlineEpochMs }: AttemptClaim): AttemptLimits {
  const { idleTimeoutMs, lingerMs, graceMs } = order;
  const budgetGraceMs = Math.min(graceMs, LONGEST_BUDGET_GRACE_MS);
  return { deadlineEpochMs, idleTimeoutMs, lingerMs, graceMs, budgetGraceMs, ...OWN_LIMITS };
}

/** A worker that passes its budget is gone within five seconds. */
const LONGEST_BUDGET_GRACE_MS = 3_000;

/** A killed process is gone in milliseconds; output held by somebody out of reach is given up after two seconds. */
const OWN_LIMITS = { killMs: 10_000, settleMs: 500, drainMs: 1_500 };

function machineOf(run: AgentRun) {
  return attemptMachine.provide({
    actors: {
      runAgent: fromCallback(({ sendBack }) => run.start(sendBack)),
      awaitDeadline: fromCallback<EventObject, Deadline>(({ input, sendBack }) =>
        awaitDeadline(input, () => sendBack({ type: `deadline.${input.kind}` }), run.idle),
      ),
      terminateTree: fromCallback(() => run.tree?.terminate()),
      killTree: fromCallback(() => run.tree?.kill()),
      watchLimits: fromCallback(({ sendBack }) =>
        run.meter.watch(
          () => run.tree,
          (excess) => sendBack({ type: 'limit.exceeded', excess }),
        ),
      ),
      settleTree: fromPromise(async ({ signal }) => {
        const drained = run.output?.drained ?? Promise.resolve();
        await run.tree?.settled(drained, signal);
      }),
      sweepTree: fromPromise(async () => (await run.tree?.sweep()) ?? []),
      drainOutput: fromPromise(async () => {
        await run.output?.drained;
      }),
    },
  });
}
