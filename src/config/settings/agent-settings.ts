import { MODE_NAMES } from '../../domain/mode.ts';
import { agentNames, permissionModes } from '../agent-names.ts';
import { named, type Definitions } from '../setting-definition.ts';
import { count, filled, list, oneOf, path, text, word } from '../setting-values.ts';
import { splitCommandSchema } from '../split-command.ts';

const TOOLS = ['Read', 'Write', 'Edit', 'Bash', 'LS', 'Glob', 'Grep'];

/** Who does the work, and how it is asked. */
export const agentSettings: Definitions<
  | 'agent'
  | 'agentCommand'
  | 'model'
  | 'maxTurns'
  | 'allowedTools'
  | 'permissionMode'
  | 'mode'
  | 'priceTable'
  | 'passEnv'
  | 'prefix'
  | 'taskSettings'
> = {
  agent: {
    name: 'agent',
    ...named('agent', 'AUTOLOOP_AGENT', 'name'),
    schema: oneOf(agentNames),
    fallback: 'claude',
    help: `who does the work: ${agentNames.join(', ')} (any program)`,
  },
  agentCommand: {
    name: 'agentCommand',
    ...named('agent-command', 'AUTOLOOP_AGENT_COMMAND', 'command'),
    schema: splitCommandSchema,
    fallback: null,
    help: 'program and leading arguments of the agent; default: its name on PATH',
  },
  model: {
    name: 'model',
    ...named('model', 'AGENT_MODEL', 'name'),
    schema: word(),
    fallback: null,
    help: "model the agent is to use; default: the agent's own",
  },
  maxTurns: {
    name: 'maxTurns',
    ...named('max-turns', 'MAX_TURNS', 'n'),
    schema: count(1, 1_000_000),
    fallback: 80,
    help: 'turns of the agent in one attempt, where it has them',
  },
  allowedTools: {
    name: 'allowedTools',
    ...named('allowed-tools', 'ALLOWED_TOOLS', 'list'),
    schema: list(),
    fallback: TOOLS,
    help: 'tools the agent may use without asking',
  },
  permissionMode: {
    name: 'permissionMode',
    ...named('permission-mode', 'PERMISSION_MODE', 'mode'),
    schema: oneOf(permissionModes),
    fallback: 'acceptEdits',
    help: "the agent's permissions: default, plan (reads only), acceptEdits, bypassPermissions, or a mode of its own",
  },
  mode: {
    name: 'mode',
    ...named('mode', 'AUTOLOOP_MODE', 'mode'),
    schema: oneOf(MODE_NAMES),
    fallback: null,
    help: 'how far the agent may go: plan (reads only), apply-safe (edits files, runs no commands), apply (as its permissions say)',
  },
  priceTable: {
    name: 'priceTable',
    ...named('price-table', 'PRICE_TABLE', 'file'),
    schema: path(),
    fallback: null,
    help: 'JSON file with prices per million tokens, for agents that tell no cost',
  },
  passEnv: {
    name: 'passEnv',
    ...named('pass-env', 'PASS_ENV', 'list'),
    schema: list(),
    fallback: [],
    help: 'variables the worker may see although they look secret',
  },
  prefix: {
    name: 'prefix',
    ...named('prefix', 'ULTRA_THINK_PREFIX', 'text'),
    schema: text(),
    fallback: '',
    emptyCounts: true,
    help: 'put before the base prompt',
  },
  taskSettings: {
    name: 'taskSettings',
    ...named('task-settings', 'TASK_SETTINGS', 'list'),
    schema: filled('depth=3,path=src, or a JSON object'),
    fallback: null,
    help: "the task's own settings, where it has any: depth=3,path=src, or a JSON object",
  },
};
