import type { AgentReader } from '../agents/agent.ts';

/** Stands in for a reader that broke: it understands nothing. */
export const silentReader: AgentReader = {
  read: () => ({ life: true, final: false, openTools: 0 }),
  conclude: () => ({
    outcome: 'unknown',
    reason: '',
    costUsd: null,
    tokens: null,
    turns: null,
    model: null,
    sessionId: null,
    denials: [],
    limitResetEpochMs: null,
    finalMessage: '',
  }),
};
