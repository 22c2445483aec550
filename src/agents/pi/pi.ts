import type { Agent } from '../agent.ts';
import { loginVariables, piAccount } from './account.ts';
import { describePiLine } from './describe-line.ts';
import { permissionModes, planPi } from './plan.ts';
import { PiReader } from './reader.ts';

/** pi in JSON mode; its ways were measured on 1.6.0 and, before it changed its package, on 0.73.1. */
export const pi: Agent = {
  name: 'pi',
  program: 'pi',
  tellsCost: true,
  tellsTokens: true,
  resumesSessions: true,
  idleTimeoutSeconds: 600,
  bytesAreLife: false,
  permissionModes,
  loginVariables,
  account: piAccount,
  plan: planPi,
  // Each process counts what it spends itself, whatever session it goes on with.
  createReader: () => new PiReader(),
  describeLine: describePiLine,
};
