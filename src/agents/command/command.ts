import type { Agent } from '../agent.ts';
import { plainLine } from '../plain-line.ts';
import { createCommandReader } from './reader.ts';

/** Any program: the prompt on stdin, text on stdout, exit 0 is success. */
export const command: Agent = {
  name: 'command',
  program: null,
  tellsCost: false,
  tellsTokens: false,
  resumesSessions: false,
  idleTimeoutSeconds: 0,
  bytesAreLife: true,
  permissionModes: null,
  loginVariables: [],
  account: () => null,
  plan: () => ({ args: [], env: {} }),
  createReader: createCommandReader,
  describeLine: (line) => plainLine(line, Number.POSITIVE_INFINITY) || null,
};
