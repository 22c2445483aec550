import type { AgentPlan, AgentRequest } from '../agent.ts';
import { piTools } from './tools.ts';

/** Claude's words: pi has no permission system, only tools that it has or has not. */
export const permissionModes: readonly string[] = [
  'acceptEdits',
  'bypassPermissions',
  'default',
  'plan',
];

/** One JSON object a line; the prompt comes on stdin. */
export function planPi(request: AgentRequest): AgentPlan {
  return {
    args: [
      // An argument that is no option would be taken for the prompt: so none follows it.
      '--print',
      ...['--mode', 'json'],
      ...(request.model === null ? [] : ['--model', request.model]),
      ...toolArguments(piTools(request)),
      ...(request.resumes === null ? [] : ['--session', request.resumes]),
    ],
    env: { PI_SKIP_VERSION_CHECK: '1' },
  };
}

function toolArguments(tools: readonly string[] | null): readonly string[] {
  if (tools === null) {
    return [];
  }
  return tools.length === 0 ? ['--no-tools'] : ['--tools', tools.join(',')];
}
