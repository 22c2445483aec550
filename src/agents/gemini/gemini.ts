import type { Agent } from '../agent.ts';
import { geminiAccount } from './account.ts';
import { describeGeminiLine } from './describe-line.ts';
import { permissionModes, planGemini } from './plan.ts';
import { GeminiReader } from './reader.ts';

/** Gemini CLI, headless; its ways were measured on 0.61.0. */
export const gemini: Agent = {
  name: 'gemini',
  program: 'gemini',
  tellsCost: false,
  tellsTokens: true,
  resumesSessions: true,
  idleTimeoutSeconds: 600,
  bytesAreLife: false,
  permissionModes,
  // Not those of a whole cloud account (GOOGLE_APPLICATION_CREDENTIALS, GOOGLE_CLOUD_ACCESS_TOKEN): its tools would see them too. Who wants that says so with --pass-env.
  loginVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  account: geminiAccount,
  plan: planGemini,
  createReader: (resumed) => new GeminiReader(resumed),
  describeLine: describeGeminiLine,
};
