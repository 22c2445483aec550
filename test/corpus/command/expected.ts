import { NOTHING_TOLD } from '../../../src/domain/tokens.ts';
import type { Expected } from '../corpus.ts';

/** What each recorded ending of a program is. It tells nothing but its words, and its exit alone decides. */
export const expected: Readonly<Record<string, Expected>> = {
  'repeats-its-prompt': ends('succeeded', 'exit code 0', 'I was asked:\nImprove notes.md.'),
  'says-nothing': ends('succeeded', 'exit code 0', ''),
  'reads-no-prompt': ends('succeeded', 'exit code 0', 'All done.'),
  'fails-with-words': ends('failed', 'exit code 1: notes.md: no such file', 'Looking at notes.md'),
  'fails-without-words': ends('failed', 'exit code 1', ''),
  'exits-2': ends('failed', "exit code 2: Try 'ls --help' for more information.", ''),
  'times-out-its-tool': ends('failed', 'exit code 124', ''),
  'may-not-execute': ends('failed', 'exit code 126: sh: 1: ./notes.sh: Permission denied', ''),
  'finds-no-program': ends('failed', 'exit code 127: sh: 1: no-such-program: not found', ''),
  // As a shell tells that a program of it was ended: so it may be.
  'exits-143': ends('interrupted', 'died of SIGTERM', 'A tool was ended.'),
  'exits-255': ends('failed', 'exit code 255', ''),
  throws: { outcome: 'failed', finalMessage: '' },
  'dies-of-term': ends('interrupted', 'died of SIGTERM', 'At work'),
  'dies-of-kill': ends('interrupted', 'died of SIGKILL', ''),
  'dies-of-segv': ends('interrupted', 'died of SIGSEGV', ''),
  'dies-of-abort': { outcome: 'interrupted', finalMessage: 'At work' },
  'prints-no-utf-8': ends('succeeded', 'exit code 0', 'caf� ��'),
  'quotes-a-usage-limit': {
    ...ends('succeeded', 'exit code 0', 'Claude AI usage limit reached|1795900000'),
    limitResetEpochMs: null,
  },
  'quotes-errors': ends('succeeded', 'exit code 0: 401 invalid x-api-key', '429 Too Many Requests'),
  'speaks-like-claude': { outcome: 'succeeded', costUsd: null, turns: null, model: null },
};

function ends(outcome: Expected['outcome'], reason: string, finalMessage: string): Expected {
  return { outcome, reason, finalMessage, ...NOTHING_TOLD, sessionSpent: NOTHING_TOLD };
}
