import { diagnosis } from '../../machines/breaker/diagnosis.ts';
import { breakerStateName } from '../../machines/breaker/memory.ts';
import type { LoopContext } from '../../machines/loop/context.ts';
import type { LoopStatus, WorkerStatus } from '../domain/loop-status.ts';
import type { Gate } from '../domain/loop-work.ts';
import type { RunningGate } from '../domain/validation.ts';
import { youngestOutput } from '../stores/output-files.ts';
import { dottedState } from './dotted-state.ts';

export interface LoopFacts {
  readonly loop: string;
  readonly task: string;
  readonly dataDir: string;
  /** Of the open iteration's output; absolute. */
  readonly logFile: (iteration: number) => string;
}

export interface LoopMoment {
  readonly value: unknown;
  readonly context: LoopContext;
  /** When it came into its state, ISO-8601. */
  readonly since: string;
  /** null: none is run, or it is not known. */
  readonly gate?: RunningGate | null;
  /** null: no runner lives. */
  readonly pid: number | null;
}

/** The status of a loop from its machine's state, live or as it lies on disk. */
export function describeLoop(facts: LoopFacts, moment: LoopMoment): LoopStatus {
  const { context, value, pid, since } = moment;
  const { totals, ending } = context;
  const state = dottedState(value);
  const isOver = state === 'stopped';
  return {
    loop: facts.loop,
    task: facts.task,
    state,
    running: pid !== null,
    stale: pid === null && !isOver && state !== 'idle',
    pid,
    since,
    runId: context.runId,
    iteration: context.iteration,
    target: context.open?.target ?? null,
    worker: workerStatus(facts, context),
    wait: waitStatus(context, state),
    validation: validationStatus(state, moment.gate ?? null),
    stopRequested: context.stop !== 'none',
    paused: context.paused,
    ended:
      isOver && ending ? { reason: ending.reason, exitCode: ending.exitCode, at: since } : null,
    breaker: breakerStatus(context),
    caps: capStatus(context, pid === null ? null : Date.now()),
    totals,
    dataDir: facts.dataDir,
  };
}

/** `now`: null where no runner lives, so that no time goes by for the run. */
function capStatus(context: LoopContext, now: number | null): LoopStatus['caps'] {
  const { policy, livedMs, livedSinceEpochMs, limitWaitedMs, untilEpochMs } = context;
  const lives = now === null || livedSinceEpochMs === 0 ? 0 : now - livedSinceEpochMs;
  return {
    maxIterations: policy.maxIterations || null,
    maxFailures: policy.maxFailures || null,
    failuresInRow: context.failuresInRow,
    maxCostUsd: policy.maxCostUsd || null,
    maxTokens: policy.maxTokens || null,
    maxRuntimeSeconds: policy.maxRuntimeMs / 1000 || null,
    runtimeSeconds: Math.round((livedMs + Math.max(0, lives)) / 1000),
    maxLimitWaitSeconds: policy.maxLimitWaitMs / 1000 || null,
    limitWaitSeconds: Math.round(limitWaitedMs / 1000),
    until: untilEpochMs === null ? null : new Date(untilEpochMs).toISOString(),
  };
}

function breakerStatus({ breaker }: LoopContext): LoopStatus['breaker'] {
  const isClosed = breaker.state === 'closed';
  return {
    state: breakerStateName(breaker),
    cause: isClosed ? null : breaker.memory.cause,
    diagnosis: isClosed ? null : diagnosis(breaker.memory),
  };
}

function workerStatus(facts: LoopFacts, context: LoopContext): WorkerStatus | null {
  const { worker } = context;
  return (
    worker && {
      pid: worker.pid,
      agent: worker.agent,
      attempt: worker.attempt,
      since: new Date(worker.sinceEpochMs).toISOString(),
      lastOutputAt: youngestOutput(facts.logFile(context.iteration))?.at.toISOString() ?? null,
      supervision: worker.supervision,
    }
  );
}

/** One that was given up may take a moment to be gone. */
function validationStatus(state: string, gate: RunningGate | null): LoopStatus['validation'] {
  if (state !== 'summarizing.validating' || gate === null) {
    return null;
  }
  const { sinceEpochMs, ...rest } = gate;
  return { ...rest, since: new Date(sinceEpochMs).toISOString() };
}

function waitStatus(context: LoopContext, state: string): LoopStatus['wait'] {
  if (!state.startsWith('waiting.') || !context.wait) {
    return null;
  }
  if (context.paused) {
    return { kind: 'pause', until: null };
  }
  const { kind, untilEpochMs, reason } = context.wait;
  const until = new Date(untilEpochMs).toISOString();
  return kind === 'gate' && context.closedGate
    ? { kind, until, gate: gateOf(context.closedGate) }
    : { kind, until, ...(reason && { reason }) };
}

function gateOf({ kind, value, limit }: Gate): Gate {
  return { kind, value, limit };
}
