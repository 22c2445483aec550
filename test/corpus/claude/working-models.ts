import { says, usesTool } from '../../mocks/messages-api/message-replies.ts';
import type { Reply } from '../../mocks/messages-api/reply.ts';
import type { Script } from '../../mocks/messages-api/script.ts';
import type { Turn } from '../../mocks/messages-api/turn.ts';
import { usageWindowHeaders } from '../../mocks/messages-api/usage-window.ts';
import { inSteps } from './in-steps.ts';

// What other agents' loops were fooled by.
const QUOTES = [
  '5-hour limit reached',
  'Claude AI usage limit reached|1795438800',
  '429 Too Many Requests',
  'Invalid API key · Please run /login',
].join('\n');

// Tells its pid, so that a recording can wait for it and end it.
const RUNS_ON = 'echo $$ > started; exec sleep 600';

const inThreeHours = (): number => Math.ceil(Date.now() / 1000) + 3 * 3600;

export const workingModels: Readonly<Record<string, Script>> = {
  'several-turns': inSteps(
    usesTool('Write', { file_path: 'notes.md', content: 'one\n' }),
    usesTool('Read', { file_path: 'notes.md' }),
    usesTool('Edit', { file_path: 'notes.md', old_string: 'one', new_string: 'two' }),
    usesTool('Bash', { command: 'cat notes.md' }),
    says('I wrote, read and edited notes.md.'),
  ),
  'touches-a-file': inSteps(usesTool('Bash', { command: 'touch made' }), says('I tried.')),
  'command-fails': inSteps(
    usesTool('Bash', { command: 'echo broken >&2; exit 3' }),
    says('The command failed with exit code 3.'),
  ),
  'unknown-tool': inSteps(usesTool('Teleport', { to: 'Mars' }), says('I have no such tool.')),
  'bad-tool-input': inSteps(usesTool('Write', { path: 3 }), says('I used it wrongly.')),
  'quotes-limits': inSteps(
    usesTool('Bash', { command: `cat <<'END'\n${QUOTES}\nEND` }),
    says(`The log says:\n${QUOTES}`),
  ),
  'asks-a-subagent': asksSubagent,
  'answers-nothing': () => says(''),
  'has-structure': inSteps(usesTool('StructuredOutput', { answer: 'yes' }), says('Done.')),
  'lacks-structure': () => usesTool('StructuredOutput', { answer: 7 }),
  'costs-much': () => ({
    ...usesTool('Bash', { command: 'true' }),
    usage: { inputTokens: 900_000 },
  }),
  'within-its-limit': () => says('Hello.', { headers: window('allowed', 0.3) }),
  'nears-its-limit': () => says('Hello.', { headers: window('allowed_warning', 0.93) }),
  refuses: () => says('', { stopReason: 'refusal' }),
  'never-finishes': () => says('and so on', { stopReason: 'max_tokens' }),

  'tool-runs-on': inSteps(usesTool('Bash', { command: RUNS_ON }), says('It has ended.')),
  'leaves-a-tool-running': inSteps(
    usesTool('Bash', { command: RUNS_ON, run_in_background: true }),
    says('It goes on in the background.'),
  ),
};

// A subagent works in the background; the notice of its end wakes the agent.
function asksSubagent({ step, prompt }: Turn): Reply {
  if (prompt.includes('<task-notification>')) {
    return says('My helper counted no file.');
  }
  if (prompt.includes('Count the files.')) {
    return step === 1 ? usesTool('Bash', { command: 'ls | wc -l' }) : says('There are none.');
  }
  return step === 1
    ? usesTool('Agent', {
        description: 'Count files',
        prompt: 'Count the files.',
        subagent_type: 'general-purpose',
      })
    : says('A helper counts them.');
}

function window(
  status: 'allowed' | 'allowed_warning',
  utilization: number,
): ReturnType<typeof usageWindowHeaders> {
  return usageWindowHeaders({ status, utilization, resetsAtEpochSeconds: inThreeHours() });
}
