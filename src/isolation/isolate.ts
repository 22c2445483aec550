import type { AttemptEnding } from '../../machines/attempt/context.ts';
import { loadAgent } from '../agents/load-agent.ts';
import { leavesNothingBehind, type AttemptClaim, type AttemptOrder } from '../domain/attempt.ts';
import type { Reserve } from '../stores/reserve.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { EXIT } from '../domain/error.ts';
import type { AgentPipes } from './agent-pipes.ts';
import { AgentRun } from './agent-run.ts';
import { attemptResult, type AttemptFacts } from './attempt-result.ts';
import { claimAttempt } from './claim-attempt.ts';
import { EXIT_CLAIMED, keepResult } from './keep-result.ts';
import { limitsOf, playAttempt } from './play-attempt.ts';
import { placeFiles } from './place-files.ts';
import type { Signals } from './signals.ts';
import { silentReader } from './silent-reader.ts';
import { tellFault } from './tell-fault.ts';

export interface Played {
  readonly exitCode: number;
  /** Whether this process is as it was before: nothing broke, nothing was left, nothing grew. */
  readonly isClean: boolean;
}

/** What one attempt is played with. */
export interface Stage {
  /** null: the agent gets Node's sockets. */
  readonly pipes: AgentPipes | null;
  readonly signals: Signals;
  /** Of the loop: room for the result. */
  readonly reserve: Reserve;
}

/** Claims the attempt, plays it to its end and keeps its result. */
export async function isolate(
  order: AttemptOrder,
  { pipes, signals, reserve }: Stage,
): Promise<Played> {
  const agent = await loadAgent(order.agent);
  const reader = agent.createReader(order.session);
  const redactor = createRedactor(order.secrets);
  const claim = claimAttempt(order);
  if (claim === null) {
    return { exitCode: EXIT_CLAIMED, isClean: false };
  }
  const redact = (text: string): string => redactor.redact(text);
  place(order, redact);
  const run = new AgentRun(order, {
    ...{ pipes, reader, bytesAreLife: agent.bytesAreLife },
    startRedaction: () => redactor.stream(),
  });
  const ending = await play({ order, claim, run, signals, redact });
  const redactValue = <Value>(value: Value): Value => redactor.redactValue(value);
  const { output, meter } = run;
  const facts = { order, claim, ending, reader, output, usage: meter.usage, redactValue };
  const result = resultOf(facts, redact);
  const exitCode = keepResult({ directory: order.directory, claim, result, reserve });
  return { exitCode, isClean: exitCode === EXIT.ok && leavesNothingBehind(result) };
}

/** An agent without its settings still works; one that is not started does not. */
function place(order: AttemptOrder, redact: (text: string) => string): void {
  try {
    placeFiles(order);
  } catch (error) {
    tellFault(error, redact);
  }
}

interface Play {
  readonly order: AttemptOrder;
  readonly claim: AttemptClaim;
  readonly run: AgentRun;
  readonly signals: Signals;
  readonly redact: (text: string) => string;
}

async function play({ order, claim, run, signals, redact }: Play): Promise<AttemptEnding> {
  const attempt = playAttempt(run, limitsOf(order, claim));
  const raiseFault = (error: Error): void => {
    tellFault(error, redact);
    attempt.raiseFault(messageOf(error));
  };
  signals.onStop(() => attempt.stop());
  process.on('uncaughtException', raiseFault);
  const ending = await attempt.ending.catch((error: unknown) => {
    tellFault(error, redact);
    return abandon(run, messageOf(error));
  });
  const lostOutput = close(run, redact);
  process.off('uncaughtException', raiseFault);
  signals.onStop(null);
  return { ...ending, fault: ending.fault ?? lostOutput };
}

/** The machine itself broke: nothing of the tree may be left all the same. */
async function abandon({ tree }: AgentRun, fault: string): Promise<AttemptEnding> {
  tree?.kill();
  const swept = (await tree?.sweep().catch(() => [])) ?? [];
  return { terminationReason: 'fault', exit: null, startFailure: null, excess: null, fault, swept };
}

/** Why the last output could not be kept; null: it was. */
function close(run: AgentRun, redact: (text: string) => string): string | null {
  try {
    run.close();
    return null;
  } catch (error) {
    tellFault(error, redact);
    return messageOf(error);
  }
}

/** A reader that cannot conclude must not cost the attempt its result. */
function resultOf(facts: AttemptFacts, redact: (text: string) => string) {
  try {
    return attemptResult(facts);
  } catch (error) {
    tellFault(error, redact);
    const ending = {
      ...facts.ending,
      terminationReason: 'fault' as const,
      fault: messageOf(error),
    };
    return attemptResult({ ...facts, reader: silentReader, ending });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
