import type { Agent } from '../agent.ts';
import { opencodeAccount, providerKeys } from './account.ts';
import { describeOpencodeLine } from './describe-line.ts';
import { permissionModes, planOpencode } from './plan.ts';
import { OpencodeReader } from './reader.ts';

/** opencode in run mode; its ways were measured on 1.18.33. */
export const opencode: Agent = {
  name: 'opencode',
  program: 'opencode',
  tellsCost: true,
  tellsTokens: true,
  resumesSessions: true,
  idleTimeoutSeconds: 600,
  // It logs its retries to stderr.
  bytesAreLife: false,
  permissionModes,
  loginVariables: providerKeys,
  account: opencodeAccount,
  plan: planOpencode,
  createReader: () => new OpencodeReader(),
  describeLine: describeOpencodeLine,
};
