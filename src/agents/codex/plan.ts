import type { AgentPlan, AgentRequest } from '../agent.ts';
import { maySearchWeb } from './allowed-tools.ts';
import { sandboxOf } from './sandbox.ts';

/** One JSON object a line; the prompt comes on stdin, which is what the dash says. */
export function planCodex(request: AgentRequest): AgentPlan {
  return {
    args: [
      'exec',
      '--json',
      // It works in no other folder than the one it is started in, whether that is a repository or not.
      '--skip-git-repo-check',
      ...(request.model === null ? [] : ['--model', request.model]),
      ...settingsOf(request).flatMap((setting) => ['-c', setting]),
      ...(request.resumes === null ? [] : ['resume', request.resumes]),
      '-',
    ],
    env: {},
  };
}

/** Settings rather than flags: `resume` takes them too, and it keeps neither sandbox nor model of the session by itself. */
function settingsOf(request: AgentRequest): string[] {
  const sandbox = sandboxOf(request);
  return [
    // Nobody is there to be asked.
    'approval_policy="never"',
    ...(sandbox === null ? [] : [`sandbox_mode="${sandbox}"`]),
    ...(sandbox === 'danger-full-access' || maySearchWeb(request.allowedTools)
      ? []
      : ['web_search="disabled"']),
    // Without it a service that cannot be reached is waited for until the attempt runs out.
    'features.unbounded_connection_retries=false',
  ];
}
