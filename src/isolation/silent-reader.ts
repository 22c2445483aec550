import { NOTHING_TOLD } from '../domain/tokens.ts';
import type { AgentReader } from '../agents/agent.ts';

/** Stands in for a reader that broke: it understands nothing. */
export const silentReader: AgentReader = {
  spent: NOTHING_TOLD,
  read: () => ({ life: true, final: false, openTools: 0 }),
  conclude: () => ({
    outcome: 'unknown',
    reason: '',
    costUsd: null,
    tokens: null,
    sessionSpent: NOTHING_TOLD,
    turns: null,
    model: null,
    sessionId: null,
    denials: [],
    limitResetEpochMs: null,
    finalMessage: '',
  }),
};
