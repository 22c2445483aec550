import type { AgentPlan, AgentRequest } from '../agent.ts';

/** What `--permission-mode` takes; `default` is an old name of `manual`. */
export const permissionModes: readonly string[] = [
  'acceptEdits',
  'auto',
  'bypassPermissions',
  'default',
  'dontAsk',
  'manual',
  'plan',
];

/** Print mode, one JSON object a line; the prompt comes on stdin. */
export function planClaude(request: AgentRequest): AgentPlan {
  return {
    args: [
      '-p',
      ...['--output-format', 'stream-json'],
      // stream-json is refused without it.
      '--verbose',
      ...(request.maxTurns > 0 ? ['--max-turns', String(request.maxTurns)] : []),
      ...(request.model === null ? [] : ['--model', request.model]),
      ...(request.allowedTools.length > 0
        ? ['--allowedTools', request.allowedTools.join(',')]
        : []),
      ...['--permission-mode', request.permissionMode],
      ...(request.resumes === null ? [] : ['--resume', request.resumes]),
      // It looks after each answer, so it overshoots by one.
      ...(request.budgetUsd === null ? [] : ['--max-budget-usd', String(request.budgetUsd)]),
    ],
    env: { ...PATIENCE, DISABLE_AUTOUPDATER: '1', ...rootConsent(request) },
  };
}

/**
 * How long it tries by itself. Its own retries keep the conversation, ours start anew: so two of them, for what passes in seconds;
 * its default of ten hides a dead service for minutes to hours. A service that is silent is given up after 3 × 180 s (no header),
 * 180 + 2 × 180 s (an answer that stalls) or 2 × 180 + 180 s (headers only): within the idle limit of 600 s, so that it reads as
 * network_failed. 180 s without a byte is its own default for Anthropic's service. A gateway that holds answers back until they
 * are complete needs more: API_TIMEOUT_MS=600000 and --pass-env API_TIMEOUT_MS.
 */
const PATIENCE = {
  CLAUDE_CODE_MAX_RETRIES: '2',
  API_TIMEOUT_MS: '180000',
  CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: '180000',
};

// It refuses to bypass permissions as root unless told that this is a sandbox; whoever asked for both has decided that.
function rootConsent({ asRoot, permissionMode }: AgentRequest): Record<string, string> {
  return asRoot && permissionMode === 'bypassPermissions' ? { IS_SANDBOX: '1' } : {};
}
