import type { Environment } from '../../domain/environment.ts';
import type { TaskContext } from '../../task/context.ts';

/** Which a worker gets only if the task exports them. */
export const TOLD = [
  'LOOP_TASK',
  'AUTO_DIR',
  'APP_ROOT',
  'DATA_DIR',
  'EVENTS_JSONL',
  'SUMMARY_JSON',
  'SUMMARY_TXT',
  'LOG_FILE',
  'ITERATIONS_DIR',
  'PROMPT_PATH',
  'ULTRA_THINK_PREFIX',
  'ITERATION_NUMBER',
] as const;

/** What is known of a loop before it begins. */
export type LoopFacts = Pick<TaskContext, 'task' | 'root' | 'workspace' | 'dataDir' | 'paths'>;

/** The variables of the original, as its tasks know them; set even when empty. */
export function hookVariables(
  context: LoopFacts & Partial<Pick<TaskContext, 'settings' | 'iteration'>>,
  promptFile: string | null,
): Record<(typeof TOLD)[number], string> {
  const { paths, settings, iteration = '' } = context;
  return {
    LOOP_TASK: context.task,
    AUTO_DIR: context.root,
    APP_ROOT: context.workspace,
    DATA_DIR: context.dataDir,
    EVENTS_JSONL: paths.events,
    SUMMARY_JSON: paths.summaryJson,
    SUMMARY_TXT: paths.summaryText,
    LOG_FILE: paths.log,
    ITERATIONS_DIR: paths.iterations,
    PROMPT_PATH: promptFile ?? '',
    ULTRA_THINK_PREFIX: settings?.prefix ?? '',
    ITERATION_NUMBER: String(iteration),
  };
}

/** What a hook may want to know besides, by our own names. */
export function attemptVariables(context: TaskContext): Environment {
  return {
    AUTOLOOP_TARGET: context.target ?? '',
    AUTOLOOP_ATTEMPT: String(context.attempt),
    AUTOLOOP_DRY_RUN: context.dryRun ? 'yes' : '',
  };
}

/** Settings a `task_run_worker` may go by, as the original named them. */
export function workerSettings({ settings }: TaskContext): Record<string, string> {
  return {
    INTERVAL_SECONDS: String(settings.interval),
    TIMEOUT: String(settings.timeout),
    MAX_TURNS: String(settings.maxTurns),
    ALLOWED_TOOLS: settings.allowedTools.join(','),
    SKIP_PERMISSIONS: settings.permissionMode === 'bypassPermissions' ? 'yes' : 'no',
  };
}
