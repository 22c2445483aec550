import { ANY_BUDGET } from '../../../src/domain/cap.ts';
import type { AttemptInput, DigestInput } from '../../../src/domain/loop-work.ts';
import { agentOf } from '../agents.ts';
import { budgetOf } from '../caps.ts';
import { openOutcome } from '../changes.ts';
import type { LoopContext } from '../context.ts';

/** What the actors of an iteration are told of it. */
export function attemptOf(context: LoopContext): AttemptInput {
  const { iteration, open } = context;
  return {
    ...{ iteration, attempt: open?.attempt ?? 0, target: open?.target ?? null },
    agent: agentOf(context),
    session: open?.session ?? null,
    budget: open ? budgetOf(context) : ANY_BUDGET,
  };
}

export function digestOf(context: LoopContext): DigestInput {
  const { iteration, open } = context;
  if (!open) {
    throw new Error(`There is no open iteration to digest (last: ${iteration}).`);
  }
  return { iteration, open, outcome: openOutcome(open) };
}
