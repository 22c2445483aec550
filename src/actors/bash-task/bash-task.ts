import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { composePrompt } from '../../task/compose-prompt.ts';
import type { PromptContext, TaskContext, WorkerContext } from '../../task/context.ts';
import type { TaskDefinition, WorkerAvailability, WorkerPlan } from '../../task/definition.ts';
import type { BashTaskReader, BashTaskScript } from '../../task/read-bash-task.ts';
import { BashHooks, HOOKS } from './bash-hooks.ts';
import type { BashScene } from './bash-scene.ts';
import { asSubstituted, failureOf, lastWords, refuseFailure, valueOf } from './hook-end.ts';
import { hookVariables } from './hook-variables.ts';
import { runBash } from './run-bash.ts';
import { workerPlan } from './worker-plan.ts';

/** Makes a task of a `task.sh` in the format of the original: each of its functions runs in a bash of its own. */
export function bashTasks(scene: BashScene): BashTaskReader {
  return async (script, signal) => {
    const listed = await runBash({
      ...{ mode: 'names', hook: '', signal, file: script.file, cwd: cwdOf(scene, script) },
      env: { ...scene.environment, ...hookVariables(scene.loop, scene.promptFile) },
    });
    if (!listed.ok) {
      throw new Error(`it ${listed.problem}${lastWords(listed, scene)}`);
    }
    if (listed.output === null || listed.code !== 0) {
      throw new Error(`it ended with code ${listed.code}${lastWords(listed, scene)}`);
    }
    const functions = listed.output.split('\n');
    return new BashTask(scene, script).definition((hook) => functions.includes(hook));
  };
}

/** That a workspace is missing is told later, and better. */
function cwdOf({ loop }: BashScene, { directory }: BashTaskScript): string {
  return existsSync(loop.workspace) ? loop.workspace : directory;
}

class BashTask {
  readonly #scene: BashScene;
  readonly #script: BashTaskScript;
  readonly #hooks: BashHooks;

  constructor(scene: BashScene, script: BashTaskScript) {
    this.#scene = scene;
    this.#script = script;
    this.#hooks = new BashHooks(scene, script);
  }

  definition(has: (hook: string) => boolean): TaskDefinition {
    const { candidates, helper, prompt, available, worker } = HOOKS;
    return {
      ...(has(candidates) && { promptCandidates: (context) => this.#candidates(context) }),
      ...(has(helper) && { buildHelperContext: (context) => this.#helper(context) }),
      ...(has(prompt) && { buildPrompt: (context) => this.#prompt(context) }),
      ...(has(available) && { checkWorkerAvailable: (context) => this.#isAvailable(context) }),
      prepareWorkerEnv: (context) => this.#workerEnv(context),
      ...(has(worker) && {
        // It prints what it likes, and its exit code tells how it went.
        defaults: { agent: 'command' },
        runWorker: (context) => this.#worker(context),
      }),
    };
  }

  /**
   * Its exit code was never looked at: a last candidate that is not there makes it 1. A relative path is one from where
   * the hook ran, as it was, or else from the task's folder, as in any task.
   */
  async #candidates(context: TaskContext): Promise<string[]> {
    const end = await this.#hooks.call(HOOKS.candidates, context);
    const paths = valueOf(end).split('\n').filter(Boolean);
    if (paths.length === 0) {
      refuseFailure(HOOKS.candidates, end);
    }
    return paths.flatMap((path) => [
      resolve(context.workspace, path),
      ...(isAbsolute(path) ? [] : [path]),
    ]);
  }

  async #helper(context: TaskContext): Promise<string> {
    const end = await this.#hooks.call(HOOKS.helper, context);
    refuseFailure(HOOKS.helper, end);
    return valueOf(end);
  }

  /** The original knew no notes: they come with the helper context. */
  async #prompt(context: PromptContext): Promise<string> {
    const { basePrompt, summary, helperContext, notes } = context;
    const parts = { summary: '', prefix: '', basePrompt: '', helperContext, notes };
    const helper = notes.length === 0 ? helperContext : composePrompt(parts);
    const args = [basePrompt, summary, helper].map(asSubstituted);
    const end = await this.#hooks.call(HOOKS.prompt, context, args);
    refuseFailure(HOOKS.prompt, end);
    return valueOf(end);
  }

  async #isAvailable(context: TaskContext): Promise<WorkerAvailability> {
    const end = await this.#hooks.check(HOOKS.available, context);
    const failed = failureOf(HOOKS.available, end);
    return failed === null
      ? { available: true }
      : {
          available: false,
          reason: `${failed} (${this.#script.file})${lastWords(end, this.#scene)}`,
        };
  }

  async #workerEnv(context: TaskContext): Promise<Record<string, string>> {
    return { EVENTS_JSONL: context.paths.events, ...(await this.#hooks.prepare(context)) };
  }

  async #worker(context: WorkerContext): Promise<WorkerPlan> {
    const prepared = await this.#hooks.prepare(context);
    return workerPlan(context, { scene: this.#scene, file: this.#script.file, prepared });
  }
}
