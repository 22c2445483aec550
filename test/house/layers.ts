/** Who may import what, as data. Paths are folders or files below the root. */

export interface Layer {
  /** Other layers; every layer may import itself. */
  readonly layers: readonly string[];
  readonly npm: readonly string[];
  /** Node's modules without `node:`. */
  readonly node: 'any' | readonly string[];
  /** Files that may import any of Node's modules although their layer may not. */
  readonly nodeIn?: readonly string[];
}

export const LAYERS: Readonly<Record<string, Layer>> = {
  'src/domain': { layers: [], npm: ['zod'], node: [] },
  machines: { layers: ['src/domain'], npm: ['xstate'], node: [] },
  'src/ports': { layers: ['src/domain'], npm: [], node: [] },
  'src/agents': { layers: ['src/domain'], npm: ['zod'], node: [] },
  'src/selection': { layers: ['src/domain'], npm: ['zod'], node: [] },
  'src/task': {
    layers: ['src/selection', 'src/ports', 'src/domain'],
    npm: ['zod'],
    node: [],
    // What finds and reads a task's module and its prompt, and what does work that many tasks have.
    nodeIn: [
      'src/task/commands/run-command.ts',
      'src/task/commands/start-service.ts',
      'src/task/load-failure.ts',
      'src/task/load-task.ts',
      'src/task/read-history.ts',
      'src/task/resolve-autoloop.ts',
      'src/task/resolve-prompt-file.ts',
      'src/task/resolve-prompt.ts',
      'src/task/resolve-task-file.ts',
      'src/task/targets/folder-figures.ts',
      'src/task/targets/folders-in.ts',
      'src/task/targets/read-prd.ts',
    ],
  },
  'src/redaction': { layers: ['src/domain'], npm: [], node: ['stream'] },
  'src/actors': {
    layers: ['src/agents', 'src/selection', 'src/task', 'src/redaction', 'src/ports', 'src/domain'],
    npm: ['xstate', 'execa'],
    node: 'any',
  },
  'src/isolation': {
    layers: [
      'machines',
      'src/agents',
      'src/redaction',
      'src/stores',
      'src/log',
      'src/ports',
      'src/domain',
    ],
    npm: ['xstate'],
    node: 'any',
  },
  'src/stores': {
    layers: ['src/ports', 'src/redaction', 'src/domain'],
    npm: ['zod'],
    node: 'any',
  },
  /** Loaded only where a setting asks for it: an own file of the bundle. */
  'src/telemetry': {
    layers: ['src/stores', 'src/redaction', 'src/ports', 'src/domain'],
    npm: [],
    node: 'any',
  },
  'src/inspect': {
    layers: ['machines', 'src/redaction', 'src/ports', 'src/domain'],
    npm: ['elkjs', 'ws'],
    node: 'any',
  },
  // Pure but for what runs in the browser, which is a program of its own.
  'src/report': { layers: ['src/domain'], npm: ['uplot'], node: [] },
  'src/summaries': {
    layers: ['src/redaction', 'src/domain'],
    npm: [],
    node: ['http', 'https'],
  },
  'src/config': { layers: ['src/domain'], npm: ['conf', 'zod'], node: 'any' },
  'src/log': { layers: ['src/stores', 'src/redaction', 'src/domain'], npm: ['pino'], node: 'any' },
  /** Loaded by a runner that is to tell of its loop: nothing of what it holds already. */
  'src/notify': { layers: ['src/redaction', 'src/domain'], npm: [], node: 'any' },
  'src/runner': {
    layers: [
      'machines',
      'src/actors',
      'src/agents',
      'src/config',
      'src/domain',
      'src/inspect',
      'src/isolation',
      'src/log',
      'src/notify',
      'src/ports',
      'src/redaction',
      'src/selection',
      'src/stores',
      'src/summaries',
      'src/task',
      'src/telemetry',
    ],
    // zod/mini, for what comes out of a snapshot.
    npm: ['xstate', 'zod'],
    node: 'any',
  },
  'src/cli': {
    layers: [
      'src/runner',
      'src/summaries',
      'src/inspect',
      'src/report',
      'src/notify',
      'src/config',
      'src/task',
      'src/selection',
      'src/stores',
      'src/log',
      'src/redaction',
      'src/ports',
      'src/domain',
    ],
    npm: ['commander', 'fflate'],
    node: 'any',
  },
  /** Each folder in it is a layer of its own. */
  'tasks/*': { layers: ['src/task'], npm: ['zod'], node: 'any' },
};

export interface Reserved {
  readonly rule: string;
  /** Modules as imported, or names in the code. */
  readonly names: readonly string[];
  readonly onlyIn: readonly string[];
}

/** Modules that only some places may import, whatever their layer says. */
export const RESERVED_MODULES: readonly Reserved[] = [
  {
    rule: 'process',
    names: ['execa', 'node:child_process'],
    onlyIn: [
      'src/actors',
      'src/isolation',
      'src/notify/run-program.ts',
      'src/runner',
      'src/cli/commands/start.ts',
      'src/cli/inspect/open-browser.ts',
      'src/stores/darwin-process-start.ts',
      'src/stores/darwin-processes.ts',
      'src/task/commands',
      'tasks',
    ],
  },
  { rule: 'env', names: ['node:process'], onlyIn: [] },
];

/** Globals that only some places may use. */
export const RESERVED_GLOBALS: readonly Reserved[] = [
  {
    rule: 'env',
    names: ['process.env'],
    onlyIn: [
      'src/config',
      'src/isolation',
      'src/cli/main.ts',
      'src/task/commands/run-command.ts',
      'tasks',
    ],
  },
  { rule: 'console', names: ['console'], onlyIn: ['src/cli'] },
];

/** Machines and domain play the same on a manual clock: no time, no chance, no process of their own. */
export const IMPURE_GLOBALS: readonly string[] = ['Date.now', 'Math.random', 'process'];
export const PURE_LAYERS: readonly string[] = ['machines', 'src/domain'];
