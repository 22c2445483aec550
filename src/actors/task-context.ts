import type { TaskContext } from '../task/context.ts';
import type { LoopWorld } from './loop-world.ts';

export interface Occasion {
  readonly iteration: number;
  readonly attempt: number;
  readonly target: string | null;
  /** Default: the preferred one. */
  readonly agent?: string;
  readonly signal?: AbortSignal;
  readonly dryRun?: boolean;
}

/** The part of a loop's world a task may see. */
export type TaskScene = Pick<
  LoopWorld,
  'loop' | 'task' | 'settings' | 'agent' | 'root' | 'workspace' | 'paths' | 'redact'
> & { readonly runId: string | null; readonly log: Pick<LoopWorld['log'], 'info'> };

/** What a hook of the task is told. */
export function taskContext(world: TaskScene, occasion: Occasion): TaskContext {
  const { events, summaryJson, summaryText, log, iterations } = world.paths;
  return {
    task: world.task.name,
    loop: world.loop,
    runId: world.runId,
    iteration: occasion.iteration,
    attempt: occasion.attempt,
    target: occasion.target,
    root: world.root,
    workspace: world.workspace,
    taskDir: world.task.directory,
    dataDir: world.paths.directory,
    settings: world.settings,
    own: world.task.own ?? {},
    paths: { events, summaryJson, summaryText, log, iterations },
    agent: occasion.agent ?? world.agent.name,
    dryRun: occasion.dryRun ?? false,
    signal: occasion.signal ?? new AbortController().signal,
    log: (message) => world.log.info({ task: world.task.name }, world.redact(message)),
  };
}
