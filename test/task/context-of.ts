import type { TaskContext } from '../../src/task/context.ts';

/** A context as a loop would make it. */
export function contextOf(facts: Partial<TaskContext>): TaskContext {
  const dataDir = facts.dataDir ?? '/data/mine';
  return {
    task: 'mine',
    loop: facts.task ?? 'mine',
    runId: 'run-1',
    iteration: 1,
    attempt: 1,
    target: null,
    root: '/',
    workspace: '/',
    taskDir: '/tasks/mine',
    dataDir,
    settings: SETTINGS,
    paths: {
      events: `${dataDir}/events.ndjson`,
      summaryJson: `${dataDir}/summary.json`,
      summaryText: `${dataDir}/summary.txt`,
      log: `${dataDir}/loop.log`,
      iterations: `${dataDir}/iterations`,
    },
    agent: 'command',
    dryRun: false,
    signal: new AbortController().signal,
    log: () => {},
    ...facts,
  };
}

const SETTINGS: TaskContext['settings'] = {
  interval: 300,
  max: 0,
  timeout: 1800,
  idleTimeout: 0,
  grace: 30,
  maxTurns: 80,
  model: null,
  agent: 'command',
  agentCommand: null,
  allowedTools: [],
  permissionMode: 'acceptEdits',
  maxFailures: 5,
  maxRetries: 3,
  memory: 4096,
  maxProcs: 512,
  maxOpenFiles: 0,
  maxCpu: 0,
  nice: 5,
  supervision: 'auto',
  maxTcp: 15,
  tcpFilter: '',
  minFreeMemory: 0,
  maxLoad: 0,
  passEnv: [],
  minFreeMb: 200,
  prefix: '',
};
