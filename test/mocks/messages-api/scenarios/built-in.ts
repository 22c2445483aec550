import { fallsSilent, resets, sends } from '../../model-api/broken-replies.ts';
import {
  creditExhausted,
  modelNotFound,
  overloaded,
  promptTooLong,
  rateLimited,
  serverFails,
  tokenRevoked,
  unauthorized,
  usageLimited,
} from '../error-replies.ts';
import { says, usesTool } from '../message-replies.ts';
import type { Reply } from '../reply.ts';
import type { Script } from '../script.ts';
import type { Turn } from '../turn.ts';
import { editsFile } from './edits-file.ts';

/** Scenarios that need no script of the test, by name. */
export const builtInScripts: Readonly<Record<string, Script>> = {
  hello: () => says('Hello.'),
  'edits-notes': editsFile({
    path: 'notes.md',
    content: ({ session }) => `Improved ${session} times.\n`,
  }),
  'works-forever': () => usesTool('Bash', { command: 'true' }),
  'leaves-a-background-shell': leavesBackgroundShell,

  unauthorized: () => unauthorized(),
  'token-revoked': () => tokenRevoked(),
  'credit-exhausted': () => creditExhausted(),
  'unknown-model': ({ request }) => modelNotFound(request.body?.model ?? ''),
  'prompt-too-long': () => promptTooLong(),
  'rate-limited': () => rateLimited(),
  'rate-limited-for-an-hour': () => rateLimited({ retryAfterSeconds: 3600 }),
  'usage-limited': () =>
    usageLimited({ resetsAtEpochSeconds: Math.ceil(Date.now() / 3_600_000) * 3600 + 7200 }),
  overloaded: () => overloaded(),
  'server-error': () => serverFails(),

  'never-answers': () => fallsSilent('request'),
  'silent-after-headers': () => fallsSilent('headers'),
  'stalls-in-its-answer': () => fallsSilent('text'),
  'resets-the-connection': () => resets('request'),
  'resets-in-its-answer': () => resets('text'),
  'is-no-api': () => sends('<html><body>Welcome</body></html>'),
};

// When the command ends, the agent asks again, with a notification as its prompt.
function leavesBackgroundShell({ step, prompt }: Turn): Reply {
  if (prompt.includes('<task-notification>')) {
    return says('The command has ended.');
  }
  if (step === 1) {
    return usesTool('Bash', { command: 'sleep 1', run_in_background: true });
  }
  return says('The command goes on in the background.');
}
