import { existsSync } from 'node:fs';
import type { Environment } from '../../domain/environment.ts';
import { composePrompt } from '../../task/compose-prompt.ts';
import type { PromptContext, TaskContext, WorkerContext } from '../../task/context.ts';
import type { TaskDefinition, WorkerAvailability, WorkerPlan } from '../../task/definition.ts';
import type { BashTaskReader, BashTaskScript } from '../../task/read-bash-task.ts';
import {
  attemptVariables,
  hookVariables,
  TOLD,
  workerSettings,
  type LoopFacts,
} from './hook-variables.ts';
import { readExports } from './read-exports.ts';
import { runBash, type BashCall, type BashEnd } from './run-bash.ts';
import { CARRIED, WORKER_SCRIPT } from './scripts.ts';

export interface BashScene {
  /** What hooks inherit. */
  readonly environment: Environment;
  /** Absolute path of the prompt file the operator named. */
  readonly promptFile: string | null;
  readonly redact: (text: string) => string;
  /** Of the loop whose task is loaded. */
  readonly loop: LoopFacts;
}

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
    return new BashTask(scene, script, listed.output.split('\n')).definition();
  };
}

/** That a workspace is missing is told later, and better. */
function cwdOf({ loop }: BashScene, { directory }: BashTaskScript): string {
  return existsSync(loop.workspace) ? loop.workspace : directory;
}

class BashTask {
  readonly #scene: BashScene;
  readonly #script: BashTaskScript;
  readonly #functions: readonly string[];
  #prepared: { readonly key: string; readonly variables: Promise<Record<string, string>> } | null =
    null;

  constructor(scene: BashScene, script: BashTaskScript, functions: readonly string[]) {
    this.#scene = scene;
    this.#script = script;
    this.#functions = functions;
  }

  definition(): TaskDefinition {
    const { candidates, helper, prompt, available, worker } = HOOKS;
    return {
      ...(this.#has(candidates) && { promptCandidates: (context) => this.#candidates(context) }),
      ...(this.#has(helper) && { buildHelperContext: (context) => this.#helper(context) }),
      ...(this.#has(prompt) && { buildPrompt: (context) => this.#prompt(context) }),
      ...(this.#has(available) && {
        checkWorkerAvailable: (context) => this.#isAvailable(context),
      }),
      prepareWorkerEnv: async (context) => ({
        EVENTS_JSONL: context.paths.events,
        ...(await this.#prepare(context)),
      }),
      ...(this.#has(worker) && {
        // It prints what it likes, and its exit code tells how it went.
        defaults: { agent: 'command' },
        runWorker: (context) => this.#worker(context),
      }),
    };
  }

  #has(hook: string): boolean {
    return this.#functions.includes(hook);
  }

  /** Its exit code was never looked at: a last candidate that is not there makes it 1. */
  async #candidates(context: TaskContext): Promise<string[]> {
    const end = await this.#call(HOOKS.candidates, context);
    const paths = valueOf(end).split('\n').filter(Boolean);
    if (paths.length === 0) {
      refuseFailure(HOOKS.candidates, end);
    }
    return paths;
  }

  async #helper(context: TaskContext): Promise<string> {
    const end = await this.#call(HOOKS.helper, context);
    refuseFailure(HOOKS.helper, end);
    return valueOf(end);
  }

  /** The original knew no notes: they come with the helper context. */
  async #prompt(context: PromptContext): Promise<string> {
    const { basePrompt, summary, helperContext, notes } = context;
    const parts = { summary: '', prefix: '', basePrompt: '', helperContext, notes };
    const helper = notes.length === 0 ? helperContext : composePrompt(parts).trimEnd();
    const end = await this.#call(HOOKS.prompt, context, [basePrompt, summary, helper]);
    refuseFailure(HOOKS.prompt, end);
    return valueOf(end);
  }

  async #isAvailable(context: TaskContext): Promise<WorkerAvailability> {
    const end = await this.#call(HOOKS.available, context);
    const failed = failureOf(HOOKS.available, end);
    return failed === null
      ? { available: true }
      : { available: false, reason: failed + lastWords(end, this.#scene) };
  }

  async #worker(context: WorkerContext): Promise<WorkerPlan> {
    const prepared = await this.#prepare(context);
    const told = hookVariables(context, this.#scene.promptFile);
    const carried = { ...workerSettings(context), ...told, ...prepared };
    return {
      command: 'bash',
      args: ['-c', WORKER_SCRIPT, this.#script.file, this.#script.file, told.ITERATION_NUMBER],
      env: Object.fromEntries(
        Object.entries(carried).map(([name, value]) => [CARRIED + name, value]),
      ),
    };
  }

  /** Once for an attempt, before anything else of it: what it exports, the other hooks see, as they did in one shell. */
  #prepare(context: TaskContext): Promise<Record<string, string>> {
    const key = `${context.iteration}-${context.attempt}`;
    if (this.#prepared?.key !== key) {
      this.#prepared = { key, variables: this.#readExports(context) };
    }
    return this.#prepared.variables;
  }

  async #readExports(context: TaskContext): Promise<Record<string, string>> {
    const env = this.#environment(context);
    const end = await this.#run({ mode: 'exports', hook: HOOKS.prepare, env }, context);
    refuseFailure(HOOKS.prepare, end);
    const dump = end.ok ? (end.output ?? '') : '';
    const exported = readExports(dump, { env, told: TOLD });
    if (exported === null) {
      throw new Error(`${HOOKS.prepare} ended its shell: what it exported is not known`);
    }
    const { variables, arrays } = exported;
    arrays.forEach((name) =>
      context.log(`${name} is an array: bash exports none, so the worker does not get it`),
    );
    return { ...variables };
  }

  /** Outside of a run, nothing is prepared. */
  async #call(hook: string, context: TaskContext, args: readonly string[] = []): Promise<BashEnd> {
    const prepared = context.runId === null ? {} : await this.#prepare(context);
    const env = { ...this.#environment(context), ...prepared };
    return this.#run({ mode: 'value', hook, env, args }, context);
  }

  async #run(
    call: Pick<BashCall, 'mode' | 'hook' | 'env' | 'args'>,
    context: TaskContext,
  ): Promise<BashEnd> {
    const { signal, workspace: cwd, log } = context;
    const end = await runBash({ ...call, told: TOLD, file: this.#script.file, cwd, signal });
    const said = end.said.replaceAll('\0', '').trim();
    if (said !== '') {
      log(`${call.hook} says: ${said}`);
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

const HOOKS = {
  candidates: 'task_prompt_candidates',
  helper: 'task_build_helper_context',
  prompt: 'task_build_prompt',
  available: 'task_check_worker_available',
  prepare: 'task_prepare_worker_env',
  worker: 'task_run_worker',
} as const;

/** As `$(…)` would: without NULs and without the line ends at its end. */
function valueOf(end: BashEnd): string {
  const text = end.ok ? (end.output ?? '').replaceAll('\0', '') : '';
  let length = text.length;
  while (text[length - 1] === '\n') {
    length -= 1;
  }
  return text.slice(0, length);
}

function refuseFailure(hook: string, end: BashEnd): void {
  const failed = failureOf(hook, end);
  if (failed !== null) {
    throw new Error(failed);
  }
}

/** null: it went well. */
function failureOf(hook: string, end: BashEnd): string | null {
  if (!end.ok) {
    return `${hook} ${end.problem}`;
  }
  if (end.output === null) {
    return `the file could not be sourced for ${hook}: it ended with code ${end.code}`;
  }
  return end.code === 0 ? null : `${hook} ended with code ${end.code}`;
}

/** Where no log can tell them. */
function lastWords({ said }: BashEnd, { redact }: BashScene): string {
  const lines = redact(said).replaceAll('\0', '').trim().split('\n');
  const words = lines.slice(-3).join('\n').slice(-500);
  return words === '' ? '' : `: ${words}`;
}
