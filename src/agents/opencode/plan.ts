import type { AgentPlan, AgentRequest } from '../agent.ts';
import { toolRules } from './tool-rules.ts';

/** Its own defaults allow edits and commands in its folder. `yolo` is a name it has itself for bypassing. */
export const permissionModes: readonly string[] = [
  'acceptEdits',
  'bypassPermissions',
  'default',
  'dontAsk',
  'plan',
  'yolo',
];

/** Run mode, one JSON object a line; the prompt comes on stdin. */
export function planOpencode(request: AgentRequest): AgentPlan {
  return {
    args: [
      'run',
      ...['--format', 'json'],
      // What it keeps from its lines: that it tries again and why, and that there is no such model.
      ...['--print-logs', '--log-level', 'ERROR'],
      // Else it asks its model for a title, and tells nobody what that cost.
      ...['--title', 'autoloop'],
      ...(request.model === null ? [] : ['--model', request.model]),
      ...(request.permissionMode === 'plan' ? ['--agent', 'plan'] : []),
      ...(isBypassing(request) ? ['--auto'] : []),
      ...(request.resumes === null ? [] : ['--session', request.resumes]),
    ],
    env: {
      // Merged by it into the user's own configuration, key by key.
      OPENCODE_CONFIG_CONTENT: JSON.stringify(configuration(request)),
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      // It works where PWD says, not where it was started. It takes an empty one for none.
      PWD: '',
    },
  };
}

function configuration(request: AgentRequest): object {
  const permission = permissionRules(request);
  return {
    ...(Object.keys(permission).length === 0 ? {} : { permission }),
    ...(request.maxTurns > 0
      ? { agent: { [agentName(request)]: { steps: request.maxTurns } } }
      : {}),
    // Nobody can say yes: a tool call that is refused fails, and does not end the attempt.
    experimental: { continue_loop_on_deny: true },
  };
}

function permissionRules(request: AgentRequest): object {
  if (isBypassing(request)) {
    return {};
  }
  const rules = toolRules(request.allowedTools);
  return request.permissionMode === 'plan' ? { ...rules, ...READ_ONLY } : rules;
}

// Its agent `plan` may run commands, and edits where the user allows everything.
const READ_ONLY = { edit: 'deny', bash: 'deny' };

function isBypassing({ permissionMode }: AgentRequest): boolean {
  return permissionMode === 'bypassPermissions' || permissionMode === 'yolo';
}

function agentName({ permissionMode }: AgentRequest): string {
  return permissionMode === 'plan' ? 'plan' : 'build';
}
