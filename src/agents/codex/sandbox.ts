import type { AgentRequest } from '../agent.ts';
import { mayChangeFiles } from './allowed-tools.ts';

/** autoloop's words and Codex's own; null leaves the choice to Codex's configuration, which is read-only where that says nothing. */
const SANDBOXES: Readonly<Record<string, Sandbox | null>> = {
  acceptEdits: 'workspace-write',
  bypassPermissions: 'danger-full-access',
  default: null,
  plan: 'read-only',
  'danger-full-access': 'danger-full-access',
  'read-only': 'read-only',
  'workspace-write': 'workspace-write',
};

export type Sandbox = 'read-only' | 'workspace-write' | 'danger-full-access';

/** What `--permission-mode` takes. */
export const permissionModes: readonly string[] = Object.keys(SANDBOXES);

/** What the agent's commands and patches may write to. */
export function sandboxOf({ permissionMode, allowedTools }: AgentRequest): Sandbox | null {
  const sandbox = SANDBOXES[permissionMode] ?? null;
  return sandbox === 'workspace-write' && !mayChangeFiles(allowedTools) ? 'read-only' : sandbox;
}
