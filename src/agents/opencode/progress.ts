import type { AgentExit } from '../agent.ts';
import { objectOf, textOf, type JsonObject } from '../json-line.ts';
import { EmptyAnswers, isEmptyAnswer } from './empty-answers.ts';
import type { ErrorLine } from './error-line.ts';
import type { Evidence } from './evidence.ts';
import { Overflow } from './overflow.ts';

type Ending = Pick<Evidence, 'error' | 'endReason' | 'hasErred' | 'isUnanswered'>;

/** How far it has come. There is no line for the end: it is a step after which nothing is left to do, or an error. */
export class Progress {
  readonly #overflow = new Overflow();
  readonly #emptyAnswers = new EmptyAnswers();
  #isInStep = false;
  #stepMessage: string | null = null;
  #hasUsedTools = false;
  #hasErred = false;
  #endReason: string | null = null;
  #error: ErrorLine | null = null;

  get isInStep(): boolean {
    return this.#isInStep;
  }

  /** It sums up its work: what is said now is no word of the agent. */
  get isCompacting(): boolean {
    return this.#overflow.isCompacting;
  }

  /** It should exit now; or it goes on for ever. */
  get isFinal(): boolean {
    const isHopeless = this.#overflow.isHopeless || this.#emptyAnswers.isHopeless;
    return isHopeless || (this.#endReason ?? this.#error) !== null;
  }

  endingAt(exit: AgentExit): Ending {
    return {
      error: this.#error ?? this.#overflow.errorAt(exit),
      endReason: this.#endReason,
      hasErred: this.#hasErred,
      isUnanswered: this.#emptyAnswers.isHopeless,
    };
  }

  /** The part of a `step_start` line; false: it is the same step once more, since its answer broke off. */
  beginStep(part: JsonObject): boolean {
    const message = textOf(part.messageID);
    const isNew = !this.#isInStep || message === null || message !== this.#stepMessage;
    this.#stepMessage = message;
    this.#isInStep = true;
    this.#hasUsedTools = false;
    this.#endReason = null;
    this.#error = null;
    this.#emptyAnswers.clear();
    if (!this.#overflow.isCompacting) {
      this.#overflow.clear();
    }
    return isNew;
  }

  /** The part of a `tool_use` line. */
  useTool(part: JsonObject): void {
    this.#hasUsedTools ||= objectOf(part.metadata).providerExecuted !== true;
  }

  /** The part of a `step_finish` line; false: there was nothing in that step. */
  endStep(part: JsonObject): boolean {
    if (!this.#isInStep && isEmptyAnswer(part)) {
      this.#emptyAnswers.add();
      return false;
    }
    const reason = textOf(part.reason) ?? 'unknown';
    const goesOn = this.#hasUsedTools || this.isCompacting || GOES_ON_AFTER.includes(reason);
    this.#isInStep = false;
    this.#endReason = goesOn ? null : reason;
    return true;
  }

  /** It summed up, and tells the model to go on. */
  goOn(): void {
    this.#overflow.endCompaction();
    this.#endReason = null;
  }

  fail(error: ErrorLine): void {
    this.#hasErred = true;
    this.#emptyAnswers.clear();
    this.#isInStep = false;
    this.#endReason = null;
    if (error.name === 'ContextOverflowError') {
      this.#overflow.begin(error);
    } else {
      this.#error = error;
    }
  }
}

const GOES_ON_AFTER = ['tool-calls', 'unknown'];
