import type { AgentPlan, AgentRequest } from '../agent.ts';
import { geminiTool } from './tool-names.ts';

/** autoloop's words, which are Claude Code's, and Gemini CLI's own. */
const MODES: Readonly<Record<string, string>> = {
  acceptEdits: 'auto_edit',
  auto_edit: 'auto_edit',
  bypassPermissions: 'yolo',
  default: 'default',
  plan: 'plan',
  yolo: 'yolo',
};

export const permissionModes: readonly string[] = Object.keys(MODES);

/** Headless because stdin is no terminal: the prompt comes there. One JSON object a line. */
export function planGemini(request: AgentRequest): AgentPlan {
  const mode = MODES[request.permissionMode] ?? request.permissionMode;
  return {
    args: [
      ...['--output-format', 'stream-json'],
      ...['--approval-mode', mode],
      ...allowedTools(mode, request.allowedTools),
      ...(request.model === null ? [] : ['--model', request.model]),
      ...(request.resumes === null ? [] : ['--resume', request.resumes]),
    ],
    env: { ...OWN_WAYS, ...(request.asRoot ? { GEMINI_CLI_SYSTEM_DEFAULTS_PATH: PATH } : {}) },
    ...(request.asRoot ? { files: { [FILE]: settings(request) } } : {}),
  };
}

const OWN_WAYS = {
  // Otherwise it starts itself again with more memory, and the process that we know passes no signal on.
  GEMINI_CLI_NO_RELAUNCH: 'true',
  // It refuses to work in a folder that nobody has trusted; whoever runs a loop there has.
  GEMINI_CLI_TRUST_WORKSPACE: 'true',
};

// Deprecated, yet the only way that adds to the user's own policies: --policy takes their place. In `plan` it would allow what that mode forbids, in `yolo` forbid what is not named.
function allowedTools(mode: string, tools: readonly string[]): readonly string[] {
  const names = [...new Set(tools.map(geminiTool).filter((name) => name !== null))];
  return mode === 'plan' || mode === 'yolo' || names.length === 0
    ? []
    : ['--allowed-tools', names.join(',')];
}

const FILE = 'gemini-defaults.json';
const PATH = `{attemptDir}/${FILE}`;

/**
 * What no flag and no variable can say. It is read as the system's defaults, which the user's own settings beat, and only
 * from a file that belongs to root in folders that nobody else may write to: so for nobody else.
 * Three attempts: retries after 5 and 10 s keep the conversation. Its default of ten hides a dead service for minutes.
 */
function settings({ maxTurns }: AgentRequest): string {
  return JSON.stringify({
    general: { maxAttempts: 3 },
    ...(maxTurns > 0 ? { model: { maxSessionTurns: maxTurns } } : {}),
  });
}
