import {
  isOfBudget,
  type AttemptEnding,
  type Excess,
  type TerminationReason,
} from '../../machines/attempt/context.ts';
import type { AgentExit, AgentReader, AgentVerdict } from '../agents/agent.ts';
import type { AttemptClaim, AttemptOrder, AttemptResult, TreeUsage } from '../domain/attempt.ts';
import type { Outcome } from '../domain/outcome.ts';
import { costOf, usdText } from '../domain/price.ts';
import type { AgentOutput } from './agent-output.ts';

export interface AttemptFacts {
  readonly order: AttemptOrder;
  readonly claim: AttemptClaim;
  readonly ending: AttemptEnding;
  readonly reader: AgentReader;
  /** null: no agent came up. */
  readonly output: AgentOutput | null;
  readonly usage: TreeUsage;
  readonly redactValue: <Value>(value: Value) => Value;
}

/** What is kept of an attempt: what we did first, else what the agent's own words and its exit say. */
export function attemptResult(facts: AttemptFacts): AttemptResult {
  const { claim, ending, output, usage, redactValue } = facts;
  const endedAtEpochMs = Date.now();
  const verdict = judge(facts, endedAtEpochMs);
  const costUsd = costOf(verdict, facts.order.price);
  const told = redactValue({ ...verdict, reason: reasonOf(facts, verdict) });
  return {
    format: 1,
    attemptId: claim.attemptId,
    outcome: outcomeOf(ending, verdict),
    exitCode: ending.exit?.exitCode ?? null,
    signal: ending.exit?.signal ?? null,
    startedAtEpochMs: claim.startedAtEpochMs,
    endedAtEpochMs,
    costUsd,
    costIsEstimated: costUsd !== null && verdict.costUsd === null,
    tokens: verdict.tokens,
    turns: verdict.turns,
    model: told.model,
    sessionId: told.sessionId,
    sessionSpent: verdict.sessionSpent,
    denials: told.denials,
    limitResetEpochMs: verdict.limitResetEpochMs,
    finalMessage: withoutCutWord(told.finalMessage).slice(-LONGEST_MESSAGE),
    reason: told.reason.replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON),
    swept: redactValue(withoutMany(ending.swept)),
    usage,
    outputBytes: output?.bytes ?? 0,
  };
}

const LONGEST_MESSAGE = 8_000;
const LONGEST_REASON = 1_000;

/** What we did decides, whatever the agent made of it; `linger` only ended what had its result. */
const OUTCOMES: Readonly<Record<TerminationReason, Outcome | null>> = {
  stop: 'killed',
  total: 'timed_out',
  idle: 'idle_timed_out',
  linger: null,
  limit: 'resource_exceeded',
  fault: 'unknown',
};

function outcomeOf(
  { terminationReason, startFailure, excess }: AttemptEnding,
  verdict: AgentVerdict,
): Outcome {
  if (terminationReason === 'limit' && isOfBudget(excess)) {
    return 'budget_exceeded';
  }
  const ours = terminationReason === null ? null : OUTCOMES[terminationReason];
  return ours ?? startFailure?.outcome ?? verdict.outcome;
}

function judge({ ending, reader, output }: AttemptFacts, endedAtEpochMs: number): AgentVerdict {
  const tails = output?.tails ?? { stdoutTail: '', stderrTail: '' };
  return reader.conclude({ ...exitToJudge(ending), ...tails, endedAtEpochMs });
}

/** An agent that only lingered is judged by its result: how it took our TERM says nothing. */
function exitToJudge({
  terminationReason,
  exit,
}: AttemptEnding): Pick<AgentExit, 'exitCode' | 'signal'> {
  return terminationReason === 'linger'
    ? { exitCode: 0, signal: null }
    : { exitCode: exit?.exitCode ?? null, signal: exit?.signal ?? null };
}

function reasonOf({ order, ending, output }: AttemptFacts, verdict: AgentVerdict): string {
  const { terminationReason, startFailure, fault, excess } = ending;
  const own = terminationReason && OWN_REASONS[terminationReason](order, excess);
  const first = own ?? startFailure?.reason ?? withoutShortenedWord(verdict.reason);
  const logFailure = output?.logFailure;
  return [
    first,
    terminationReason === 'linger' ? withoutShortenedWord(verdict.reason) : null,
    fault && `a fault of autoloop's own: ${fault}`,
    logFailure && `its log could not be written to the end (${logFailure})`,
  ]
    .filter((part) => part)
    .join('; ');
}

const OWN_REASONS: Readonly<
  Record<TerminationReason, (order: AttemptOrder, excess: Excess | null) => string>
> = {
  stop: () => 'stopped on request',
  total: ({ timeoutMs }) => `not done within ${timeoutMs / 1000} s`,
  idle: ({ idleTimeoutMs }) => `no sign of life for ${idleTimeoutMs / 1000} s`,
  linger: ({ lingerMs }) => `ended ${lingerMs / 1000} s after its result`,
  limit: (_, excess) => (excess ? describeExcess(excess) : 'took too much'),
  fault: () => 'no longer supervised',
};

function describeExcess({ kind, value, limit }: Excess): string {
  if (kind === 'cost' || kind === 'tokens') {
    return describeSpending(kind, value, limit);
  }
  if (kind === 'memory') {
    return `its processes took ${megabytes(value)} MB of memory, ${megabytes(limit)} are allowed`;
  }
  return kind === 'cpu'
    ? `its processes took ${value.toFixed(1)} s of CPU time, ${limit} are allowed`
    : `it had ${value} processes, ${limit} are allowed`;
}

function describeSpending(kind: 'cost' | 'tokens', value: number, limit: number): string {
  return kind === 'cost'
    ? `it cost ${usdText(value)}, ${usdText(limit)} were left of --max-cost`
    : `it used ${value} tokens, ${limit} were left of --max-tokens`;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function withoutMany(names: readonly string[]): readonly string[] {
  const more = names.length - MOST_NAMES;
  return more > 0 ? [...names.slice(0, MOST_NAMES), `and ${more} more`] : names;
}

const MOST_NAMES = 50;

/** Readers shorten reasons with an ellipsis; half a secret before it would not be known for one. */
function withoutShortenedWord(reason: string): string {
  return reason.replaceAll(/\S*…/g, '…');
}

/** Of a long message they keep the end; half a secret at its begin would not be known for one either. */
function withoutCutWord(message: string): string {
  return message.length < LONGEST_MESSAGE - 8 ? message : message.replace(/^\S*\s/, '');
}
