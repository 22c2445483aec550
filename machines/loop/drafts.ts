import type { TreeUsage } from '../../src/domain/attempt.ts';
import { outcomeRule, type Outcome } from '../../src/domain/outcome.ts';
import { NOTHING_FOUND, type Findings } from '../../src/domain/metrics/findings.ts';
import type { EventDetails, EventDraft, EventName, WaitEnd } from '../../src/domain/event.ts';
import type { Selection } from '../../src/domain/loop-work.ts';
import type { AttemptEnd, OpenIteration } from '../../src/domain/open-iteration.ts';
import type { Quarantine } from '../../src/domain/target.ts';
import type { TimedVerdict } from '../../src/domain/validation.ts';
import { diagnosis } from '../breaker/diagnosis.ts';
import { breakerStateName, cooldownMs } from '../breaker/memory.ts';
import type { LoopContext } from './context.ts';
import type { LoopEventOf } from './events.ts';

/** The recorded events the machine emits, made from its context and the event at hand. */

export function iterationStart(context: LoopContext, selection: Selection): EventDraft {
  return draft('iteration_start', context.iteration, {
    target: selection.target,
    candidates: selection.candidates.slice(0, 20).map((candidate) => candidate.name),
  });
}

export function iterationEnd(closing: Closing): EventDraft {
  const { open } = closing;
  return {
    ...draft('iteration_end', closing.iteration, {
      outcome: closing.outcome,
      target: open.target,
      attempts: open.attempt,
      cost_usd: open.costUsd,
      cost_estimated: open.costIsEstimated,
      tokens: open.tokens,
      turns: open.turns,
      changes: open.changes,
      validation: open.validation,
      report: open.report,
      ...(closing.findings ?? NOTHING_FOUND),
    }),
    duration: closing.at === null ? null : seconds(closing.at - open.startedAtEpochMs),
    exitCode: outcomeRule(closing.outcome).exitCode,
  };
}

export interface Closing {
  readonly iteration: number;
  readonly open: OpenIteration;
  readonly outcome: Outcome;
  /** null: nobody told. */
  readonly at: number | null;
  /** null: nobody looked. */
  readonly findings: Findings | null;
}

export function workerBegin(
  name: 'worker_start' | 'worker_adopt',
  context: LoopContext,
  event: LoopEventOf<'worker.started'>,
): EventDraft {
  return draft(name, context.iteration, {
    pid: event.pid,
    agent: event.agent,
    attempt: context.open?.attempt ?? 0,
  });
}

export function workerEnd(context: LoopContext, end: AttemptEnd): EventDraft {
  return {
    ...draft('worker_end', context.iteration, {
      attempt: context.open?.attempt ?? 0,
      outcome: end.outcome,
      swept: end.swept,
      usage: {
        output_bytes: end.outputBytes,
        model: end.model,
        reason: end.reason,
        ...peaks(end.usage),
      },
    }),
    duration: seconds(end.durationMs),
    exitCode: end.exitCode,
  };
}

function peaks({ peakMemoryBytes, peakProcesses, cpuSeconds }: TreeUsage) {
  return {
    peak_memory_mb: peakMemoryBytes === null ? null : Math.round(peakMemoryBytes / 1e5) / 10,
    peak_processes: peakProcesses,
    cpu_seconds: cpuSeconds,
  };
}

export function validation(context: LoopContext, timed: TimedVerdict): EventDraft {
  const { seconds: duration, ...verdict } = timed;
  return { ...draft('validation', context.iteration, verdict), duration };
}

/** Of the attempt that ended. */
export function unseenCost(context: LoopContext): EventDraft {
  const attempt = context.open?.attempt ?? 0;
  const message = `attempt ${attempt} used tokens and told no cost: --max-cost does not see it without a --price-table that has its price`;
  return draft('warning', context.iteration, { code: 'cost_unknown', message });
}

/** Its target is left out from now on. */
export function quarantine(
  iteration: number,
  target: string,
  { reason, untilEpochMs }: Quarantine,
): EventDraft {
  const until = untilEpochMs === null ? null : new Date(untilEpochMs).toISOString();
  const message = `${target} is left out${until === null ? '' : ` until ${until}`}: ${reason}`;
  return draft('warning', iteration, {
    ...{ code: 'target_quarantined', message },
    ...{ target, reason, until },
  });
}

/** `delayMs` 0: another agent goes on at once. */
export function retry(context: LoopContext, reason: Outcome, delayMs: number): EventDraft {
  const attempt = (context.open?.attempt ?? 0) + 1;
  return draft('retry', context.iteration, { reason, delay: seconds(delayMs), attempt });
}

export function waitStart(context: LoopContext): EventDraft {
  const { wait } = context;
  return context.paused || !wait
    ? draft('wait_start', openNumber(context), { kind: 'pause', until: null, reason: null })
    : draft('wait_start', openNumber(context), {
        kind: wait.kind,
        until: new Date(wait.untilEpochMs).toISOString(),
        reason: wait.reason,
      });
}

/** What the breaker has become. */
export function breaker(context: LoopContext): EventDraft {
  const { memory } = context.breaker;
  const isOpen = context.breaker.state === 'open';
  const until = isOpen && context.wait ? context.wait.untilEpochMs : null;
  return draft('breaker', openNumber(context), {
    state: breakerStateName(context.breaker),
    cause: memory.cause,
    cooldown: isOpen ? seconds(cooldownMs(memory, context.policy.breaker)) : null,
    until: until === null ? null : new Date(until).toISOString(),
    diagnosis: isOpen ? diagnosis(memory) : null,
  });
}

export function waitEnd(context: LoopContext, how: WaitEnd): EventDraft {
  const kind = context.paused ? 'pause' : (context.wait?.kind ?? 'interval');
  return draft('wait_end', openNumber(context), { kind, how });
}

export function loopEnd(context: LoopContext, at: number | null): EventDraft {
  return {
    ...draft('loop_end', null, {
      reason: context.ending?.reason ?? 'unknown',
      iterations: context.totals.iterations,
    }),
    duration: at === null ? null : seconds(at - context.startedAtEpochMs),
    exitCode: context.ending?.exitCode ?? null,
  };
}

export function draft<Name extends EventName>(
  type: Name,
  iteration: number | null,
  details: EventDetails[Name],
): {
  type: Name;
  iteration: number | null;
  duration: null;
  exitCode: null;
  details: EventDetails[Name];
} {
  return { type, iteration, duration: null, exitCode: null, details };
}

export function openNumber(context: LoopContext): number | null {
  return context.open ? context.iteration : null;
}

function seconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds) / 1000);
}
