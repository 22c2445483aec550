import type { Agent } from '../agent.ts';
import { codexAccount } from './account.ts';
import { describeCodexLine } from './describe-line.ts';
import { planCodex } from './plan.ts';
import { CodexReader } from './reader.ts';
import { permissionModes } from './sandbox.ts';

/** Codex without its screen, `codex exec`; its ways were measured on 0.171.0. */
export const codex: Agent = {
  name: 'codex',
  program: 'codex',
  tellsCost: false,
  tellsTokens: true,
  resumesSessions: true,
  idleTimeoutSeconds: 600,
  bytesAreLife: false,
  permissionModes,
  // Not OPENAI_API_KEY: only a model provider of the user's configuration may ask for that, and for any other name as well.
  loginVariables: ['CODEX_API_KEY', 'CODEX_ACCESS_TOKEN'],
  account: codexAccount,
  plan: planCodex,
  createReader: (resumed) => new CodexReader(resumed),
  describeLine: describeCodexLine,
};
