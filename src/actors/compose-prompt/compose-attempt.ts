import type { AgentSession } from '../../domain/agent-session.ts';
import type { AttemptInput, Skip } from '../../domain/loop-work.ts';
import { attemptId, type Command } from '../../domain/attempt.ts';
import { AutoloopError } from '../../domain/error.ts';
import { boundsOf } from '../../domain/mode.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Settings } from '../../domain/settings.ts';
import { promptSummary } from '../../domain/summary/prompt-summary.ts';
import type { Note } from '../../ports/notes.ts';
import type { TaskContext } from '../../task/context.ts';
import type { HookContexts, HookValues, WorkerOrder } from '../../task/hooks.ts';
import { resolvePrompt } from '../../task/resolve-prompt.ts';
import { continuePrompt } from '../../task/continue-prompt.ts';
import { hasHook, type HookName } from '../../task/task.ts';
import type { AgentChoice, ComposedAttempt, Equipment, LoopWorld } from '../loop-world.ts';
import { callDeclared } from '../call-declared.ts';
import { taskContext } from '../task-context.ts';
import { askForSummary } from './ask-for-summary.ts';
import { attemptOrder } from './attempt-order.ts';

/** Everything one attempt is made of, from the task's hooks and the settings; or why no worker can start. */
export async function composeAttempt(
  world: LoopWorld,
  input: AttemptInput,
  signal: AbortSignal = new AbortController().signal,
  dryRun = false,
): Promise<ComposedAttempt | { readonly skip: Skip }> {
  try {
    const choice = await world.agentNamed(input.agent);
    const context = taskContext(world, { ...input, signal, dryRun });
    return await new Composer(world, { input, choice, context }).compose();
  } catch (error) {
    if (error instanceof Unworkable) {
      return { skip: { outcome: error.outcome, reason: world.redact(error.message) } };
    }
    if (error instanceof AutoloopError) {
      return { skip: { outcome: 'failed', reason: world.redact(error.message) } };
    }
    throw error;
  }
}

/** Ends the composition; never leaves this file. */
class Unworkable extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}

interface Commission {
  readonly input: AttemptInput;
  readonly choice: AgentChoice;
  readonly context: TaskContext;
}

class Composer {
  readonly #world: LoopWorld;
  readonly #input: AttemptInput;
  readonly #choice: AgentChoice;
  readonly #context: TaskContext;

  constructor(world: LoopWorld, { input, choice, context }: Commission) {
    this.#world = world;
    this.#input = input;
    this.#choice = choice;
    this.#context = context;
  }

  async compose(): Promise<ComposedAttempt> {
    const { prompt, notes } = this.#resumes === null ? await this.#prompt() : this.#goOn();
    const taskEnv = await this.#hook('prepareWorkerEnv', this.#context);
    const worker = await this.#hook('runWorker', { ...this.#context, prompt });
    const equipment = this.#equip({ ...taskEnv, ...worker.env });
    const command = this.#command(worker, equipment);
    const namespace = await this.#world.namespaceFor(equipment.settings.supervision);
    const order = attemptOrder(this.#world, {
      ...{ input: this.#input, attemptId: this.#attemptId, session: this.#resumes },
      ...{ price: this.#choice.price, worker, equipment, command, namespace },
    });
    return { prompt, notes, order };
  }

  async #prompt(): Promise<{ prompt: string; notes: readonly Note[] }> {
    const { task, promptFile, summaries, settings } = this.#world;
    const candidates = await this.#hook('promptCandidates', this.#context);
    const base = resolvePrompt({ task, promptFile, candidates });
    const notes = this.#world.notes.pending().filter((note) => this.#concerns(note));
    const prompt = await this.#hook('buildPrompt', {
      ...this.#context,
      basePrompt: base.text,
      summary: promptSummary({
        ...{ text: summaries.readText(), metrics: summaries.readMetrics() },
        target: this.#input.target,
      }),
      helperContext: askForSummary(await this.#hook('buildHelperContext', this.#context), settings),
      prefix: settings.prefix,
      notes: notes.map((note) => note.text),
      failed: this.#world.failedValidations.of(this.#input.target),
    });
    return { prompt, notes };
  }

  /** The agent has the prompt already, in its session. */
  #goOn(): { prompt: string; notes: readonly Note[] } {
    const notes = this.#world.notes.pending().filter((note) => this.#concerns(note));
    return { prompt: continuePrompt(notes.map((note) => note.text)), notes };
  }

  /** null: the attempt begins anew. Only the agent's own command knows how to go on. */
  get #resumes(): AgentSession | null {
    const { agent } = this.#choice;
    const mayResume = agent.resumesSessions && !hasHook(this.#world.task, 'runWorker');
    return mayResume ? this.#input.session : null;
  }

  #concerns(note: Note): boolean {
    return note.target === null || note.target === this.#input.target;
  }

  #equip(taskEnv: Readonly<Record<string, string>>): Equipment {
    return this.#world.equip({
      ...this.#input,
      agent: this.#choice.agent,
      resumes: this.#resumes?.id ?? null,
      attemptId: this.#attemptId,
      taskEnv,
    });
  }

  #command(worker: WorkerOrder, equipment: Equipment): Command {
    const { settings, plan, env } = equipment;
    if (worker.command !== null && boundsOf(settings.mode) !== null) {
      throw new Unworkable('worker_unavailable', unbounded(this.#world.task.name, settings));
    }
    const own = settings.agentCommand ?? [this.#choice.agent.program ?? ''];
    const [file = '', ...leading] = own;
    const asked = worker.command ?? { file, args: [...leading, ...plan.args] };
    const found = this.#world.resolveProgram(asked.file, env);
    if (!found) {
      throw new Unworkable('worker_unavailable', `the program "${asked.file}" was not found`);
    }
    return { file: found, args: asked.args };
  }

  get #attemptId(): string {
    return attemptId(this.#world.runId, this.#input);
  }

  async #hook<Name extends HookName>(
    name: Name,
    context: HookContexts[Name],
  ): Promise<HookValues[Name]> {
    const called = await callDeclared(this.#world, name, { context, skipped: 'failed' });
    if (!called.ok) {
      throw new Unworkable(called.outcome, called.reason);
    }
    return called.value;
  }
}

/** The permissions of an agent travel in its own arguments, which a program of the task does not get. */
function unbounded(task: string, { mode }: Settings): string {
  return `the mode "${mode}" cannot be enforced: runWorker of task "${task}" says itself what to run`;
}
