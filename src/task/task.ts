import type { TaskDefinition } from './definition.ts';
import type { OwnSettings } from './own-settings.ts';

/** A task, found, loaded and checked. */
export interface Task {
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Absolute path of its module. */
  readonly file: string;
  /** true: comes with autoloop; false: from the project. */
  readonly shipped: boolean;
  readonly definition: TaskDefinition;
  /** Its own settings; absent: they were not read, or it has none. */
  readonly own?: OwnSettings;
  /** Told before each hook, and its return when the hook is over: somebody sees to it that none blocks the thread. */
  readonly watch?: (hook: HookName) => () => void;
}

/** Every function a task may bring, in the order a loop calls them. */
export const HOOK_NAMES = [
  'checkWorkerAvailable',
  'selectTarget',
  'selector',
  'targets',
  'promptCandidates',
  'buildHelperContext',
  'buildPrompt',
  'prepareWorkerEnv',
  'runWorker',
  'gates',
  'isComplete',
  'afterIteration',
  'measure',
  'epilogue',
] as const satisfies readonly (keyof TaskDefinition)[];

export type HookName = (typeof HOOK_NAMES)[number];

export function hasHook(task: Task, name: HookName): boolean {
  return task.definition[name] !== undefined;
}
