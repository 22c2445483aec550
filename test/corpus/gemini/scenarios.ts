import { callsTool, says, saysNothing } from '../../mocks/gemini-api/answer-replies.ts';
import {
  fails,
  inputTooLong,
  keyNotValid,
  modelNotFound,
  planExhausted,
  quotaExceeded,
  rateLimited,
} from '../../mocks/gemini-api/error-replies.ts';
import type { Reply } from '../../mocks/gemini-api/reply.ts';
import type { Script } from '../../mocks/gemini-api/script.ts';
import type { Turn } from '../../mocks/gemini-api/turn.ts';
import { fallsSilent, resets, sends } from '../../mocks/model-api/broken-replies.ts';

/** The model's side of the recordings, by scenario. */
export const scenarios = {
  answers: () => says('There is nothing to improve.'),
  'edits-a-file': usesOnce('write_file', { file_path: 'notes.md', content: 'Improved.\n' }),
  'edits-without-a-word': inTurn(
    callsTool('write_file', { file_path: 'notes.md', content: 'Improved.\n' }),
    saysNothing(),
  ),
  'works-in-steps': inTurn(
    callsTool('read_file', { file_path: 'notes.md' }),
    callsTool('replace', {
      file_path: 'notes.md',
      old_string: 'old',
      new_string: 'new',
      instruction: 'Renew it.',
    }),
    callsTool('run_shell_command', { command: 'cat notes.md' }),
    says('I made it new.'),
  ),
  'runs-a-failing-command': usesOnce('run_shell_command', { command: 'echo broken; exit 3' }),
  'quotes-limits': inTurn(
    callsTool('run_shell_command', {
      command: `echo '[API Error: 429 Too Many Requests] 5-hour limit reached. Resets in 9h22m20s. usage limit'`,
    }),
    says('The log says "You have exhausted your daily quota on this model." I did not change it.'),
  ),
  'runs-a-dangerous-command': usesOnce('run_shell_command', { command: 'rm -rf build' }),
  'names-no-tool': usesOnce('read_files', { path: 'notes.md' }),
  'never-says-a-thing': () => saysNothing(),
  refuses: () => saysNothing('SAFETY'),
  'answers-at-length': () => says('I began to', 'MAX_TOKENS'),
  'breaks-off-at-its-length': () => saysNothing('MAX_TOKENS'),
  'calls-a-tool-wrongly': () => saysNothing('MALFORMED_FUNCTION_CALL'),
  'counts-for-ever': ({ step }: Turn) =>
    callsTool('run_shell_command', { command: `echo ${step}` }),
  'repeats-itself': () => callsTool('run_shell_command', { command: 'echo again' }),

  'bad-request': () =>
    fails(400, 'INVALID_ARGUMENT', { message: 'Request contains an invalid argument.' }),
  'key-not-valid': keyNotValid,
  unauthenticated: () =>
    fails(401, 'UNAUTHENTICATED', { message: 'Request had invalid authentication credentials.' }),
  'key-leaked': () =>
    fails(403, 'PERMISSION_DENIED', {
      message: 'Your API key was reported as leaked. Please use another API key.',
    }),
  'unknown-model': modelNotFound,
  'input-too-long': inputTooLong,
  'payload-too-large': () =>
    fails(413, 'INVALID_ARGUMENT', {
      message: 'Request payload size exceeds the limit: 20971520 bytes.',
    }),
  'credits-depleted': () =>
    fails(429, 'RESOURCE_EXHAUSTED', {
      message:
        'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.',
    }),
  'model-not-in-plan': () =>
    quotaExceeded({
      id: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
      limit: 0,
      retryDelay: '18.5s',
    }),
  'daily-quota': () =>
    quotaExceeded({
      id: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier',
      limit: 100,
      retryDelay: '18.5s',
    }),
  'plan-exhausted': () =>
    planExhausted({
      message:
        'Individual quota reached. Please upgrade your subscription to increase your limits. Resets in 9h22m20s.',
      retryDelay: '33740.910400305s',
    }),
  'retry-in-hours': () =>
    quotaExceeded({
      id: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
      limit: 5,
      retryDelay: '18000s',
    }),
  'minute-quota': () =>
    quotaExceeded({
      id: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
      limit: 5,
      retryDelay: '2s',
    }),
  'rate-limited': () => rateLimited(),
  'rate-limited-for-hours': () => rateLimited({ 'retry-after': '18000' }),
  'no-capacity': () =>
    fails(429, 'RESOURCE_EXHAUSTED', {
      message: 'No capacity available for model gemini-2.5-pro on the server',
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'MODEL_CAPACITY_EXHAUSTED',
          domain: 'cloudcode-pa.googleapis.com',
        },
      ],
    }),
  'server-error': () =>
    fails(500, 'INTERNAL', {
      message:
        'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
    }),
  overloaded,
  'bad-gateway': () => sends('<html><body>Bad Gateway</body></html>', { status: 502 }),
  'recovers-from-an-overload': ({ request }: Turn) =>
    request === 1 ? overloaded() : says('There is nothing to improve.'),
  'fails-after-an-edit': inTurn(
    callsTool('write_file', { file_path: 'notes.md', content: 'Improved.\n' }),
    keyNotValid(),
  ),

  'is-no-api': () => sends('<html><body>Welcome</body></html>'),
  'ends-without-a-reason': () =>
    sends(
      'data: {"candidates":[{"content":{"role":"model","parts":[{"text":"I was about to"}]}}]}\r\n\r\n',
      { headers: { 'content-type': 'text/event-stream' } },
    ),
  'resets-the-connection': () => resets('request'),
  'resets-in-its-answer': () => resets('text'),
  'never-answers': () => fallsSilent('request'),

  'tool-terminates-it': signalsFromTool('TERM'),
  'tool-interrupts-it': signalsFromTool('INT'),
  'tool-kills-it': signalsFromTool('KILL'),
} satisfies Readonly<Record<string, Script>>;

function overloaded(): Reply {
  return fails(503, 'UNAVAILABLE', { message: 'The model is overloaded. Please try again later.' });
}

/** One reply a step; the last one goes on. */
function inTurn(...replies: readonly Reply[]): Script {
  return ({ step }) => replies[step - 1] ?? replies.at(-1) ?? saysNothing();
}

function usesOnce(tool: string, args: object): Script {
  return inTurn(callsTool(tool, args), says('Done.'));
}

// The agent is the parent of its tools: so the signal comes while one runs, without a clock. The tool outlives it for a moment.
function signalsFromTool(signal: string): Script {
  return usesOnce('run_shell_command', { command: `kill -${signal} $PPID; sleep 2` });
}
