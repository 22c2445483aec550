import { limitDelayMs } from '../../src/domain/backoff.ts';
import type { AgentLimit, LoopContext } from './context.ts';
import type { LoopEventOf } from './events.ts';

/** The first agent that no usage limit holds; where each is held, the one that is free first. */
export function agentFor(context: LoopContext, at: number): string {
  const { agents } = context.policy;
  const free = agents.find((agent) => freeAt(context, agent) <= at);
  return free ?? firstFree(context);
}

/** Another agent could go on at once. */
export function hasFreeAgent(context: LoopContext, at: number): boolean {
  return context.policy.agents.some((agent) => freeAt(context, agent) <= at);
}

/** The limit of the agent that is free first. */
export function nextFree(context: LoopContext): AgentLimit {
  return context.agentLimits[firstFree(context)] ?? { untilEpochMs: 0, guesses: 0 };
}

/** The agent of this attempt is held until its limit resets; where that is not told, for longer each time. */
export function limitAfter(context: LoopContext, event: LoopEventOf<'worker.ended'>): AgentLimit {
  const guesses = context.agentLimits[agentOf(context)]?.guesses ?? 0;
  const { at, end } = event;
  if (end.limitResetEpochMs !== null && end.limitResetEpochMs > at) {
    return { untilEpochMs: end.limitResetEpochMs, guesses: 0 };
  }
  // A reset that is past is believed once: it may have passed unseen. After that, this clock is ahead of the service's.
  const isBelieved = end.limitResetEpochMs !== null && guesses === 0;
  return { untilEpochMs: isBelieved ? at : at + limitDelayMs(guesses), guesses: guesses + 1 };
}

export function agentOf({ open, policy }: LoopContext): string {
  return open?.agent ?? policy.agents[0] ?? '';
}

function firstFree(context: LoopContext): string {
  const [first = '', ...others] = context.policy.agents;
  return others.reduce(
    (best, agent) => (freeAt(context, agent) < freeAt(context, best) ? agent : best),
    first,
  );
}

function freeAt({ agentLimits }: LoopContext, agent: string): number {
  return agentLimits[agent]?.untilEpochMs ?? 0;
}
