import type { Environment } from '../../domain/environment.ts';
import type { TaskContext } from '../../task/context.ts';
import type { BashTaskScript } from '../../task/read-bash-task.ts';
import type { BashScene } from './bash-scene.ts';
import { refuseFailure } from './hook-end.ts';
import { attemptVariables, hookVariables, TOLD } from './hook-variables.ts';
import { readExports } from './read-exports.ts';
import { runBash, type BashCall, type BashEnd } from './run-bash.ts';

/** The functions of a `task.sh` that are ours to call. */
export const HOOKS = {
  candidates: 'task_prompt_candidates',
  helper: 'task_build_helper_context',
  prompt: 'task_build_prompt',
  available: 'task_check_worker_available',
  prepare: 'task_prepare_worker_env',
  worker: 'task_run_worker',
} as const;

/** Calls them. What they say on stderr goes to the loop's log. */
export class BashHooks {
  readonly #scene: BashScene;
  readonly #script: BashTaskScript;
  #prepared: Prepared | null = null;

  constructor(scene: BashScene, script: BashTaskScript) {
    this.#scene = scene;
    this.#script = script;
  }

  /** What it prints is its value. */
  async call(hook: string, context: TaskContext, args: readonly string[] = []): Promise<BashEnd> {
    const env = await this.#preparedEnvironment(context);
    return this.#run({ mode: 'value', hook, env, args }, context);
  }

  /** Only its exit code counts; what it prints is said. */
  async check(hook: string, context: TaskContext): Promise<BashEnd> {
    const env = await this.#preparedEnvironment(context);
    return this.#run({ mode: 'check', hook, env }, context);
  }

  /**
   * What the task exports for an attempt. Once for it, before anything else: the other hooks see it, as they did where
   * all of them ran in one shell. Rejects when the hook fails.
   */
  prepare(context: TaskContext): Promise<Readonly<Record<string, string>>> {
    const key = `${context.iteration}-${context.attempt}`;
    if (this.#prepared?.key !== key) {
      this.#prepared = { key, variables: this.#readExports(context) };
    }
    return this.#prepared.variables;
  }

  /** Outside of a run, nothing is prepared before. */
  async #preparedEnvironment(context: TaskContext): Promise<Environment> {
    const prepared = context.runId === null ? {} : await this.prepare(context);
    return { ...this.#environment(context), ...prepared };
  }

  async #readExports(context: TaskContext): Promise<Readonly<Record<string, string>>> {
    const env = this.#environment(context);
    const end = await this.#run({ mode: 'exports', hook: HOOKS.prepare, env }, context);
    refuseFailure(HOOKS.prepare, end);
    const dump = end.ok ? (end.output ?? '') : '';
    const exported = readExports(dump, { env, told: TOLD });
    if (exported === null) {
      throw new Error(`${HOOKS.prepare} ended its shell: what it exported is not known`);
    }
    exported.arrays.forEach((name) =>
      context.log(`${name} is an array: bash exports none, so the worker does not get it`),
    );
    return exported.variables;
  }

  async #run(
    call: Pick<BashCall, 'mode' | 'hook' | 'env' | 'args'>,
    context: TaskContext,
  ): Promise<BashEnd> {
    const { signal, workspace: cwd } = context;
    const end = await runBash({ ...call, told: TOLD, file: this.#script.file, cwd, signal });
    const said = end.said.replaceAll('\0', '').trim();
    if (said !== '') {
      context.log(`${call.hook} says: ${said}`);
    }
    if (!end.ok) {
      context.log(`${call.hook} ${end.problem}`);
    }
    return end;
  }

  #environment(context: TaskContext): Environment {
    return {
      ...this.#scene.environment,
      ...attemptVariables(context),
      ...hookVariables(context, this.#scene.promptFile),
    };
  }
}

interface Prepared {
  /** Of the attempt. */
  readonly key: string;
  readonly variables: Promise<Readonly<Record<string, string>>>;
}
